#include "sim/scenario/fleet/read_fleet.hpp"

#include <cmath>

#include "models/serving/fleet.hpp"
#include "models/serving/nanoseconds.hpp"
#include "sim/scenario/reading/read_field.hpp"
#include "sim/scenario/reading/read_sourced.hpp"
#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {
namespace {

static_assert(static_cast<int>(RoutingPolicy::PrefixAware) == pb::ServingFleet::PREFIX_AWARE - 1);
static_assert(static_cast<int>(PoolRole::Decode) == pb::ServingPool::DECODE - 1);

constexpr Unit kReplicas = whole(1.0, 1e6, "a replica");
constexpr Unit kRetries = whole(0.0, 1e3, "another replica");
constexpr Unit kDegree = whole(1.0, 65'536.0, "a device, a group or a stage");
constexpr Unit kBlock = whole(1.0, 65'536.0, "a token");
constexpr Unit kBudget = at_least(1.0, 1.0, 1e7, "a token");
constexpr Unit kSequences = at_least(1.0, 1.0, 1e6, "a sequence");
constexpr Unit kDrafted = at_least(0.0, 1.0, 3.0, "a token");
constexpr Unit kRequests = at_least(1e-3, 1.0, 1e9, "a request");
constexpr Unit kClassShare = at_least(1e-9, 1.0, 1e9, "a share beside those of others");
constexpr Unit kSeconds = at_least(1e-6, 1.0, 1e6, "a second");
constexpr Unit kIntervalSeconds = at_least(1.0, 1.0, 86'400.0, "a second");

std::optional<double> read_optional(const Cursor& at, const std::string& field, const Unit& unit) {
  return is_written(at, field) ? read_number(at, field, unit) : std::nullopt;
}

std::optional<int> read_degree(const Cursor& at, const std::string& field) {
  const auto read = read_optional(at, field, kDegree);
  return read ? std::optional(static_cast<int>(*read)) : std::nullopt;
}

std::optional<Nanoseconds> read_promise(const Cursor& at, const std::string& field,
                                        const Unit& unit) {
  const auto read = read_optional(at, field, unit);
  return read ? std::optional(to_nanoseconds(Seconds{*read})) : std::nullopt;
}

Autoscaling read_scaling(const Cursor& at) {
  Autoscaling scaling;
  scaling.least = std::llround(read_number(at, "least", kReplicas).value_or(1));
  scaling.most = std::llround(read_number(at, "most", kReplicas).value_or(1));
  if (!at.has_errors() && scaling.most < scaling.least) {
    at.error("most",
             concat("most is ", double(scaling.most), ", less than least, ", double(scaling.least)),
             "least <= most; equal: no scaling");
  }
  scaling.target = read_number(at, "target", kRequests, scaling.target).value_or(1);
  const auto time = [&](const std::string& field, Nanoseconds otherwise) {
    return read_promise(at, field, kIntervalSeconds).value_or(otherwise);
  };
  scaling.interval = time("interval_s", scaling.interval);
  scaling.provisioning = time("provisioning_s", scaling.provisioning);
  return scaling;
}

void read_failing(Reading& reading, const Cursor& at, ServedPool& pool) {
  const auto time = [&](const std::string& field) {
    return to_nanoseconds(read_required<Seconds>(reading, at, field, kHours).value);
  };
  pool.between_failures = time("between_hours");
  pool.repair = time("repair_hours");
}

void read_engine(Reading& reading, const Cursor& at, ServedPool& pool) {
  ServedEngine& options = pool.settings;
  options.token_budget = read_optional(at, "token_budget", kBudget);
  options.max_sequences = read_optional(at, "max_sequences", kSequences);
  options.speculated = read_optional(at, "speculated", kDrafted);
  if (const auto block = read_optional(at, "block_tokens", kBlock)) {
    options.block_tokens = std::llround(*block);
  }
  options.watermark = read_optional(at, "watermark", kShare);
  options.reserved_answer = read_optional(at, "reserved_answer", kShare);
  options.reads_alone = read_flag(at, "reads_alone").value_or(false);
  options.budget_counts_decoding = read_flag(at, "budget_counts_decoding").value_or(false);
  options.shares_prefixes = read_flag(at, "prefix_cache").value_or(true);
  const auto memory = [&](const std::string& field) {
    const auto figure = read_figure<Bytes>(reading, at, field, kGib);
    return figure ? figure->value : Bytes{};
  };
  options.host_cache = memory("host_cache_gib");
  options.host_swap = memory("host_swap_gib");
}

ServedPool read_served_pool(Reading& reading, const Cursor& at) {
  const auto& in = as<pb::ServingPool>(at);
  ServedPool pool;
  pool.name = in.name();
  pool.pool = reading.pools.resolve(at, "pool", in.pool()).value_or(PoolId{});
  pool.role = read_enum_or(at, "role", PoolRole::Whole);
  if (const auto replicas = read_optional(at, "replicas", kReplicas)) {
    pool.replicas = std::llround(*replicas);
  }
  pool.engine = in.engine();
  pool.precision = in.precision();
  pool.kv_format = in.kv();
  pool.stack_version = in.stack_version();
  pool.tensor = read_degree(at, "tp");
  pool.attention_dp = read_degree(at, "dp");
  pool.pipeline = read_degree(at, "pp");
  pool.expert_parallel = read_flag(at, "ep").value_or(false);
  pool.is_research = read_flag(at, "research").value_or(false);
  read_engine(reading, at, pool);
  if (in.has_scaling()) pool.scaling = read_scaling(at.child("scaling"));
  if (in.has_failing()) read_failing(reading, at.child("failing"), pool);
  return pool;
}

ServedClass read_class(const Cursor& at) {
  ServedClass out;
  out.promised.name = at.name();
  out.share = read_number(at, "share", kClassShare, 1.0).value_or(1.0);
  out.promised.ttft = read_promise(at, "ttft_s", kSeconds);
  out.promised.tpot = read_promise(at, "tpot_ms", kMilliseconds);
  out.promised.most_outstanding = read_optional(at, "most_outstanding", kRequests).value_or(0);
  return out;
}

/// Who reads prompts alone needs somebody who decodes, and the other way round.
void check_roles(const Cursor& at, const std::vector<ServedPool>& pools) {
  std::vector<PoolRole> roles;
  for (const ServedPool& pool : pools) roles.push_back(pool.role);
  const auto role = lacking_role(roles);
  if (!role) return;
  const std::string lacking = *role == PoolRole::Decode ? "DECODE" : "PREFILL";
  at.error("pools", concat("pools read and decode apart, and none is ", lacking),
           concat("add one of role: ", lacking, ", or make all of them WHOLE"));
}

}  // namespace

void read_serving_fleet(Reading& reading) {
  const auto& in = reading.scenario.serving_fleet();
  if (!reading.scenario.has_serving_fleet()) return;
  const Cursor at = reading.root.child("serving_fleet");
  ServedFleet& fleet = reading.world.served;
  if (!in.model().empty()) {
    fleet.model = reading.transformers.resolve(at, "model", in.model());
  }
  fleet.routing = read_enum_or(at, "routing", RoutingPolicy::LeastLoaded);
  const auto retries = read_number(at, "most_retries", kRetries, fleet.most_retries);
  fleet.most_retries = static_cast<std::uint32_t>(retries.value_or(0));
  if (const auto rate =
          read_figure<BytesPerSecond>(reading, at, "transfer_gbit_s", kGbitPerSecond)) {
    fleet.transfer_rate = rate->value;
  }
  if (const auto latency =
          read_figure<Seconds>(reading, at, "transfer_latency_ms", kMilliseconds)) {
    fleet.transfer_latency = latency->value;
  }
  read_named(at, "pools", "serving pool",
             [&](const Cursor& pool) { fleet.pools.push_back(read_served_pool(reading, pool)); });
  read_named(at, "classes", "class",
             [&](const Cursor& one) { fleet.classes.push_back(read_class(one)); });
  if (fleet.classes.size() > kMostClasses) {
    at.error("classes",
             concat(double(fleet.classes.size()), " classes, more than ", double(kMostClasses)));
  }
  check_roles(at, fleet.pools);
}

}  // namespace chokepoint
