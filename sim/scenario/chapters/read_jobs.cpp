#include "sim/scenario/chapters/chapters.hpp"

#include <cmath>
#include <set>

#include "models/performance/serving_group.hpp"
#include "models/performance/throughput.hpp"
#include "models/training/run/placed_run.hpp"
#include "sim/scenario/reading/read_curve.hpp"
#include "sim/scenario/reading/read_field.hpp"
#include "sim/scenario/reading/read_sourced.hpp"
#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {

namespace {

constexpr Unit kGang = whole(1.0, 1e7, "a device");
// Shares are written in decimals; ten times 0.1 is not 1.
constexpr double kRounding = 1e-9;
constexpr Unit kUsdPerMillionTokens = at_least(1e-9, 1e-6, 1e6, "a US dollar for 1e6 tokens");
constexpr Unit kPace = at_least(1e-4, 1.0, 1e4, "a share of the tokens of one placed today");
constexpr Unit kWindowHours = positive(3'600.0, 438'300.0, "an hour");
constexpr Unit kBillionTokensOfWindow = at_least(0.0, 1e9, 1e12, "1e9 tokens");
constexpr Unit kDemandElasticity = at_least(0.0, 1.0, 10.0, "a power of the cost");

std::string in_gib(Bytes size) {
  return concat(std::ceil(size / 1_GiB * 10.0) / 10.0, " GiB");
}

// The model that `field` names, where its size is known; with its dimensions or not.
const Transformer* model_of(const Reading& reading, std::optional<TransformerId> id) {
  if (!id) return nullptr;
  const Transformer& model = reading.world.transformers[id->value];
  return model.parameters.input ? &model : nullptr;
}

// The device of a pool, where its memory is known.
const DeviceSpec* device_of(const Reading& reading, PoolId pool) {
  const auto id = reading.device_of_pool[pool.value];
  if (!id) return nullptr;
  const DeviceSpec& device = reading.world.devices[id->value];
  return device.memory ? &device : nullptr;
}

void check_training_fits(const Cursor& at, const std::string& field, const TrainingJob& job,
                         const Transformer& model, const DeviceSpec& device) {
  const Bytes needed = training_memory_per_device(model, job.devices);
  if (needed <= *device.memory) return;
  const double least = std::ceil(training_memory_per_device(model, 1) / *device.memory);
  at.error(
      field,
      concat("model ", in_quotes(model.name), " on a gang of ", job.devices, " needs ",
             in_gib(needed), " each, ", in_quotes(device.name), " has ", in_gib(*device.memory)),
      concat("16 bytes per parameter, spread over the gang: take at least ", least, " devices"));
}

void check_route(const Reading& reading, const Cursor& at, SiteId from, SiteId to) {
  const bool all_links_known = reading.sound_links.size() == reading.world.links.size();
  if (from == to || !all_links_known) return;
  const Topology topology(reading.places.size(), reading.sound_links);
  if (topology.route(PlaceId{from.value}, PlaceId{to.value})) return;
  const auto& names = reading.sites.in_order();
  at.error(
      "checkpoint_copy",
      concat("no route from ", in_quotes(names[from.value]), " to ", in_quotes(names[to.value])),
      "join the two by links, or leave checkpoint_copy out");
}

// Where the device is not known, that has been reported.
void check_reliability(const Reading& reading, const Cursor& at, const std::string& field,
                       PoolId pool) {
  const World& world = reading.world;
  const bool can_be_asked = world.interrupted_jobs && !world.reliabilities.empty();
  const auto device = reading.device_of_pool[pool.value];
  if (!can_be_asked || !device || reliability_of(world, pool) != nullptr) return;
  at.error(field,
           concat("nobody says how often ", in_quotes(world.devices[device->value].name), " fails"),
           "name its stack in a reliability, or one reliability for all in interruptions");
}

void read_gang(const Reading& reading, const Cursor& at, const Transformer* model,
               TrainingJob& job) {
  const auto& in = as<pb::TrainingJob>(at);
  const auto devices = read_number(at, "devices", kGang);
  job.devices = static_cast<int>(devices.value_or(0.0));
  if (in.pools_size() == 0) {
    at.error("pools", concat("training job ", in_quotes(in.name()), " has no pool"),
             "name the \"site/pool\" where it may run, in order of preference");
  }
  for (int i = 0; i < in.pools_size(); ++i) {
    const std::string field = concat("pools[", i, "]");
    const auto pool = reading.pools.resolve(at, field, in.pools(i));
    if (!pool) continue;
    const DeviceSpec* device = device_of(reading, *pool);
    if (model && device && devices) check_training_fits(at, field, job, *model, *device);
    check_reliability(reading, at, field, *pool);
    job.pools.push_back(*pool);
  }
}

void read_training_job(Reading& reading, const Cursor& at) {
  const auto& in = as<pb::TrainingJob>(at);
  TrainingJob out;
  out.name = in.name();
  out.owner = reading.orgs.resolve(at, "owner", in.owner()).value_or(OrgId{});
  const auto transformer = reading.transformers.resolve(at, "transformer", in.transformer());
  out.transformer = transformer.value_or(TransformerId{});
  out.tokens = read_required<Tokens>(reading, at, "tokens_bn", kBillionTokens);
  out.sequence_tokens = read_number(at, "sequence_tokens", kTokens, 4096.0).value_or(1.0);
  out.submitted = read_moment(at, "submitted", in.submitted()).value_or(Moment());
  read_gang(reading, at, model_of(reading, transformer), out);
  out.has_period = in.has_checkpoint_hours();
  out.checkpoint_period =
      Seconds{read_number(at, "checkpoint_hours", kHours, (24_hours).value).value_or(1.0)};
  if (in.has_checkpoint_copy()) {
    out.checkpoint_copy = reading.sites.resolve(at, "checkpoint_copy", in.checkpoint_copy());
  }
  out.pace = read_number(at, "pace", kPace, 1.0).value_or(1.0);
  std::set<SiteId> from;
  for (const PoolId pool : out.pools) from.insert(reading.world.pools[pool.value].site);
  for (const SiteId site : from) {
    if (out.checkpoint_copy) check_route(reading, at, site, *out.checkpoint_copy);
  }
  reading.world.training_jobs.push_back(std::move(out));
}

constexpr Unit kReturnMinutes = at_least(0.0, 60.0, 1e5, "a minute");
constexpr Unit kOfMeanHour = at_least(0.0, 1.0, 24.0, "a mean hour's demand");

LendingTerms read_lending(Reading& reading, const Cursor& share_at, PoolId pool) {
  const Cursor at = share_at.child("lending");
  for (const InferenceService& other : reading.world.services) {
    for (const PoolShare& share : other.shares) {
      if (share.pool != pool || !share.lending) continue;
      share_at.error("lending",
                     concat("a second service lends of pool ",
                            in_quotes(reading.world.pools[pool.value].name)),
                     "let one of them keep what it has");
    }
  }
  LendingTerms terms;
  terms.spare_share = read_required<double>(reading, at, "spare_share", kShare);
  terms.return_delay = read_required<Seconds>(reading, at, "return_minutes", kReturnMinutes);
  terms.checkpoint_writes =
      read_required<BytesPerSecond>(reading, at, "checkpoint_gb_s_per_node", kGbPerSecond);
  return terms;
}

DailyPattern read_pattern(const Reading& reading, const Cursor& service_at, Seconds window) {
  const Cursor at = service_at.child("daily_pattern");
  const auto& in = as<pb::DailyPattern>(at);
  constexpr int kHours = 24;
  constexpr double kOff = 1e-3;
  check_provenance(reading, at, in.source());
  DailyPattern pattern;
  pattern.fill(1.0);
  if (in.of_hour_size() != kHours) {
    at.error("of_hour", concat("of_hour has ", in.of_hour_size(), " values, must have 24"),
             "give demand of each hour of the day over that of the mean hour");
    return pattern;
  }
  double sum = 0.0;
  for (int hour = 0; hour < kHours; ++hour) {
    const double factor = in.of_hour(hour);
    if (!(factor >= 0.0 && factor <= kOfMeanHour.most)) {
      at.error("of_hour", concat("of_hour holds ", factor, ", must lie in [0, 24]"), "");
      return pattern;
    }
    sum += factor;
    pattern[static_cast<std::size_t>(hour)] = factor;
  }
  if (std::abs(sum / kHours - 1.0) > kOff) {
    at.error("of_hour", concat("the mean of of_hour is ", sum / kHours, ", must be 1"),
             "divide each by the mean; demand_bn_tokens_per_day says how much a day has");
    return pattern;
  }
  for (double& factor : pattern) factor *= kHours / sum;
  if (std::fmod(window.value, (1_days).value) == 0.0) {
    service_at.error("daily_pattern",
                     concat("daily_pattern, and windows of ", window / 1_hours, " hours"),
                     "write window_hours: 1; whole days have no hours");
  }
  return pattern;
}

// The group with the most room, where none holds the model and one request.
void check_serving_fits(const Cursor& at, const InferenceService& service, const Transformer& model,
                        const DeviceSpec& device, const Coefficients& coefficients) {
  if (devices_to_hold(model, service.request, device, coefficients)) return;
  const Tokens context = service.request.prompt + service.request.output;
  std::optional<ServingMemory> roomiest;
  int devices = 0;
  for (const ServingPlan& plan : serving_layouts(model, device)) {
    const ServingGroup group(model, service.request, device, coefficients, plan);
    if (roomiest && fits(group.memory(), context).margin <= fits(*roomiest, context).margin) {
      continue;
    }
    roomiest = group.memory();
    devices = group.devices();
  }
  if (!roomiest) return;  // Dimensions that make no layout have been reported.
  const Bytes cache = roomiest->cache.at_most(context, roomiest->budget);
  at.error(
      "pool",
      concat("model ", in_quotes(model.name), " on groups of ", devices, " needs ",
             in_gib(roomiest->weights), " for weights, ",
             in_gib(roomiest->activations + roomiest->buffers), " for activations and buffers and ",
             in_gib(cache), " for the cache of one request, an engine may use ",
             in_gib(roomiest->usable), " of ", in_quotes(device.name)),
      "shorten prompt_tokens or output_tokens, or serve from a device with more memory");
}

// Takes part of a pool; `field` is the one that says which.
void add_share(Reading& reading, const Cursor& at, const std::string& field, const PoolShare& share,
               InferenceService& service) {
  Pool& pool = reading.world.pools[share.pool.value];
  for (const PoolShare& other : service.shares) {
    if (other.pool != share.pool) continue;
    at.error(field, concat("a second share of pool ", in_quotes(pool.name)), "add the two up");
  }
  const bool fitted = pool.serving_share <= 1.0 + kRounding;
  pool.serving_share += share.share;
  if (fitted && pool.serving_share > 1.0 + kRounding) {
    at.error("share",
             concat("shares of pool ", in_quotes(pool.name), " add up to ", pool.serving_share,
                    ", more than 1"),
             "services of one pool share its devices");
  }
  service.shares.push_back(share);
}

void read_shares(Reading& reading, const Cursor& service_at, const Transformer* model,
                 InferenceService& service) {
  const auto& in = as<pb::InferenceService>(service_at);
  if (in.shares_size() + in.site_shares_size() == 0) {
    service_at.error("shares", concat("service ", in_quotes(in.name()), " runs nowhere"),
                     "add shares { pool: \"site/pool\" share: 0.5 }");
  }
  for (const Cursor& at : service_at.children("shares")) {
    const auto pool = reading.pools.resolve(at, "pool", as<pb::Share>(at).pool());
    const double share = read_number(at, "share", kFraction).value_or(0.0);
    if (!pool) continue;
    const DeviceSpec* device = device_of(reading, *pool);
    if (model && device) {
      const DeviceId id = *reading.device_of_pool[pool->value];
      check_serving_fits(at, service, *model, *device,
                         reading.world.serving[id.value].coefficients);
    }
    PoolShare out{*pool, share};
    if (is_written(at, "lending")) out.lending = read_lending(reading, at, *pool);
    add_share(reading, at, "pool", out, service);
  }
  for (const Cursor& at : service_at.children("site_shares")) {
    const auto site = reading.sites.resolve(at, "site", as<pb::SiteShare>(at).site());
    const double share = read_required<double>(reading, at, "share", kFraction).value;
    for (std::uint32_t p = 0; site && p < reading.world.pools.size(); ++p) {
      if (reading.world.pools[p].site == *site)
        add_share(reading, at, "site", {{p}, share}, service);
    }
  }
}

void read_elastic_demand(Reading& reading, const Cursor& service_at, InferenceService& out) {
  const auto& in = as<pb::InferenceService>(service_at);
  const Cursor at = service_at.child("elastic_demand");
  for (const char* field : {"demand_bn_tokens_per_day", "growth_per_year"}) {
    if (!is_written(service_at, field)) continue;
    service_at.error(field, concat(field, " beside elastic_demand"), "leave one of the two out");
  }
  if (!reading.scenario.has_choice()) {
    service_at.error("elastic_demand",
                     concat("service ", in_quotes(in.name()), " answers to costs nobody has given"),
                     "write choice { ... }: it says what chips, hosts and electricity cost");
  }
  TokenDemand demand;
  demand.rate = read_required_curve(reading, at, "bn_tokens_per_day", kBillionTokensPerDay);
  demand.reference_cost = read_required<UsdPerToken>(
      reading, at, "reference_usd_per_million_tokens", kUsdPerMillionTokens);
  demand.elasticity = read_required<double>(reading, at, "elasticity", kDemandElasticity);
  out.elastic = std::move(demand);
}

void read_steady_demand(Reading& reading, const Cursor& at, InferenceService& out) {
  out.demand =
      read_required<TokensPerSecond>(reading, at, "demand_bn_tokens_per_day", kBillionTokensPerDay);
  out.growth_per_year = read_figure_or(reading, at, "growth_per_year", kGrowthFactor, 1.0);
}

void read_demand_windows(const Cursor& service_at, InferenceService& out) {
  for (const char* field : {"demand_bn_tokens_per_day", "growth_per_year", "demand_variation",
                            "window_hours", "elastic_demand", "daily_pattern"}) {
    if (!is_written(service_at, field)) continue;
    service_at.error(field, concat(field, " beside demand_windows"), "leave one of the two out");
  }
  for (const Cursor& at : service_at.children("demand_windows")) {
    DemandWindow window;
    window.length = Seconds{read_number(at, "hours", kWindowHours).value_or(1.0)};
    window.demand = Tokens{read_number(at, "bn_tokens", kBillionTokensOfWindow).value_or(0.0)};
    out.windows.push_back(window);
  }
}

void read_demand(Reading& reading, const Cursor& at, InferenceService& out) {
  const auto& in = as<pb::InferenceService>(at);
  if (in.demand_windows_size() > 0) {
    read_demand_windows(at, out);
  } else if (in.has_elastic_demand()) {
    read_elastic_demand(reading, at, out);
  } else {
    read_steady_demand(reading, at, out);
  }
}

void read_service(Reading& reading, const Cursor& at) {
  const auto& in = as<pb::InferenceService>(at);
  InferenceService out;
  out.name = in.name();
  out.owner = reading.orgs.resolve(at, "owner", in.owner()).value_or(OrgId{});
  const auto transformer = reading.transformers.resolve(at, "transformer", in.transformer());
  out.transformer = transformer.value_or(TransformerId{});
  out.request.prompt = Tokens{read_number(at, "prompt_tokens", kTokens).value_or(1.0)};
  out.request.output = Tokens{read_number(at, "output_tokens", kTokens).value_or(1.0)};
  out.request.tpot_target = read_required<Seconds>(reading, at, "tpot_target_ms", kMilliseconds);
  read_demand(reading, at, out);
  out.demand_variation = read_figure_or(reading, at, "demand_variation", kDeviation, 0.0);
  out.window = Seconds{read_number(at, "window_hours", kHours, (24_hours).value).value_or(1.0)};
  if (in.has_daily_pattern()) out.pattern = read_pattern(reading, at, out.window);
  read_shares(reading, at, model_of(reading, transformer), out);
  reading.world.services.push_back(std::move(out));
}

}  // namespace

void read_training_jobs(Reading& reading) {
  for (const Cursor& at : reading.root.children("training_jobs")) read_training_job(reading, at);
}

void read_services(Reading& reading) {
  for (const Cursor& at : reading.root.children("services")) read_service(reading, at);
}

}  // namespace chokepoint
