#include "tools/fleet/fleet_plan.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "models/find_named.hpp"
#include "models/serving/serving_setup.hpp"
#include "sim/scenario/reading/cursor.hpp"
#include "sim/scenario/text/phrases.hpp"
#include "sim/scenario/text/spelling.hpp"
#include "tools/estimate/serving_answer.hpp"

namespace chokepoint {
namespace {

constexpr double kPerNanosecond = 1e-9;
constexpr double kUsualBatch = 64;  // At which replicas are compared: a choice.

/// A pool, and where its file says so; nowhere for one that follows from the cluster.
struct AskedPool {
  ServedPool pool;
  std::optional<Cursor> at;
};

std::string counted(std::int64_t count) {
  return std::to_string(count);
}

/// Pools that the file writes, else one for each that has chips.
std::vector<AskedPool> asked_pools(const Cluster& cluster, Diagnostics& found) {
  const World& world = cluster.world;
  std::vector<AskedPool> asked;
  const Cursor fleet = Cursor(cluster.composed, found).child("serving_fleet");
  for (std::size_t i = 0; i < world.served.pools.size(); ++i) {
    asked.push_back({world.served.pools[i], fleet.child("pools", static_cast<int>(i))});
  }
  if (!asked.empty()) return asked;
  for (std::uint32_t i = 0; i < world.pools.size(); ++i) {
    if (devices_of(world, PoolId{i}) == 0) continue;
    ServedPool whole;
    const std::string& name = world.pools[i].name;  // "site/pool".
    whole.name = name.substr(name.find('/') + 1);
    for (const AskedPool& other : asked) {
      if (other.pool.name == whole.name) whole.name = name;
    }
    whole.pool = PoolId{i};
    asked.push_back({whole, std::nullopt});
  }
  return asked;
}

/// Puts what the command line says into a pool.
void overrule(const FleetQuestion& question, ServedPool& pool) {
  const ServingQuestion& said = question.service;
  const auto take = [](const std::string& from, std::string& to) {
    if (!from.empty()) to = from;
  };
  take(said.engine, pool.engine);
  take(said.precision, pool.precision);
  take(said.kv_format, pool.kv_format);
  take(said.stack_version, pool.stack_version);
  pool.is_research = pool.is_research || said.is_research;
  if (said.tensor || said.pipeline || said.attention_dp || said.expert_parallel) {
    pool.tensor = said.tensor;
    pool.pipeline = said.pipeline;
    pool.attention_dp = said.attention_dp;
    pool.expert_parallel = said.expert_parallel;
  }
  if (question.shares_prefixes) pool.settings.shares_prefixes = *question.shares_prefixes;
}

/// The question that an estimate of the pool would answer, for `devices` devices.
ServingQuestion question_of(const Cluster& cluster, const FleetQuestion& asked,
                            const ServedPool& pool, int devices) {
  const World& world = cluster.world;
  const Pool& place = world.pools[pool.pool.value];
  ServingQuestion question = asked.service;
  question.device = world.devices[place.device.value].name;
  question.node = world.nodes[place.node.value].name;
  question.engine = pool.engine;
  question.precision = pool.precision;
  question.kv_format = pool.kv_format;
  question.stack_version = pool.stack_version;
  question.is_research = pool.is_research;
  question.tensor = pool.tensor;
  question.pipeline = pool.pipeline;
  question.attention_dp = pool.attention_dp;
  question.expert_parallel = pool.expert_parallel;
  question.devices = devices;
  question.pue = asked.pue.value_or(world.sites[place.site.value].pue.value);
  return question;
}

/// Settings of its engine that the pool states.
void settle(const ServedPool& pool, ServingSubject& subject) {
  EngineSettings& settings = subject.task.settings;
  const ServedEngine& stated = pool.settings;
  if (stated.token_budget) settings.token_budget = *stated.token_budget;
  if (stated.max_sequences) settings.max_sequences = *stated.max_sequences;
  if (stated.speculated) {
    settings.speculated = *stated.speculated;
    subject.plan.loads_mtp = *stated.speculated > 0;
  }
}

EngineOptions options_of(const ServedEngine& stated, std::uint64_t seed) {
  EngineOptions options;
  options.block_tokens = stated.block_tokens.value_or(options.block_tokens);
  options.watermark = stated.watermark.value_or(options.watermark);
  options.reserved_answer = stated.reserved_answer.value_or(options.reserved_answer);
  options.reads_alone = stated.reads_alone;
  options.budget_counts_decoding = stated.budget_counts_decoding;
  options.shares_prefixes = stated.shares_prefixes;
  options.host_cache = stated.host_cache;
  options.host_swap = stated.host_swap;
  options.seed = seed;
  return options;
}

ServingTarget target_of(const SloClass& promised) {
  ServingTarget target;
  const auto seconds = [](Nanoseconds time) {
    return Seconds{double(time) * kPerNanosecond};
  };
  if (promised.ttft) target.ttft = seconds(*promised.ttft);
  if (promised.tpot) target.tpot = seconds(*promised.tpot);
  return target;
}

/// Devices that one replica takes where its plan is written: degrees that are not are 1, and tensor
/// parallelism that is not takes a node.
void complete_plan(const World& world, ServedPool& pool) {
  const Pool& place = world.pools[pool.pool.value];
  const int others = pool.attention_dp.value_or(1) * pool.pipeline.value_or(1);
  if (!pool.tensor) {
    const int node = world.nodes[place.node.value].devices_per_node;
    pool.tensor = std::max(1, std::min(node, devices_of(world, pool.pool)) / others);
  }
  pool.attention_dp = pool.attention_dp.value_or(1);
  pool.pipeline = pool.pipeline.value_or(1);
}

/// A weight is how long a request keeps a replica busy, at a usual batch, beside others.
double busy_time(const PlannedPool& pool) {
  const ServingTask& task = pool.subject.task;
  if (pool.asked.role == PoolRole::Prefill) {
    return prompt_time(pool.costs.replica(), task.prompt, task.settings.token_budget).value;
  }
  const double held = pool.one.memory.requests(task.prompt + task.output);
  const double batch = std::clamp(held, 1.0, kUsualBatch);
  return 1 / estimate_serving(task, pool.subject.plan, 1, batch).state.output.value;
}

void weigh(std::deque<PlannedPool>& pools) {
  for (const PoolRole role : {PoolRole::Whole, PoolRole::Prefill, PoolRole::Decode}) {
    double least = 0;
    for (PlannedPool& pool : pools) {
      if (pool.asked.role != role) continue;
      pool.weight = busy_time(pool);
      if (least == 0 || pool.weight < least) least = pool.weight;
    }
    for (PlannedPool& pool : pools) {
      if (pool.asked.role == role && least > 0) pool.weight /= least;
    }
  }
}

/// How fast caches move between pools that read and that decode: the slower side counts.
std::unique_ptr<KvTransfers> transfers_of(const ServedFleet& fleet,
                                          const std::deque<PlannedPool>& pools) {
  std::optional<BytesPerSecond> rate = fleet.transfer_rate;
  bool is_apart = false;
  for (const PlannedPool& pool : pools) {
    if (pool.asked.role == PoolRole::Whole) continue;
    is_apart = true;
    const BytesPerSecond own =
        pool.subject.task.links.scaleout * double(pool.subject.plan.devices());
    if (!fleet.transfer_rate) rate = rate ? std::min(*rate, own) : own;
  }
  if (!is_apart) return nullptr;
  return std::make_unique<UncontendedTransfers>(fleet.transfer_latency, *rate);
}

/// Plans the pools of one fleet, one after the other.
class Planner {
public:
  Planner(const Cluster& cluster, const FleetQuestion& question, const SloClass& promised)
      : cluster_(cluster), question_(question), target_(target_of(promised)) {}

  /// Plans `asked` and takes its devices. False after a complaint.
  bool add(AskedPool asked, std::deque<PlannedPool>& pools) {
    const int there = devices_of(cluster_.world, asked.pool.pool);
    int& taken = taken_[asked.pool.pool.value];
    if (taken >= there) {
      return refuse(asked, "replicas", there == 0
                                           ? "its pool has no chips"
                                           : "other serving pools take all devices of its pool",
                    "state replicas of each, or add stocks");
    }
    auto subject = planned(asked, there - taken);
    if (!subject) return false;
    const int each = subject->plan.devices();
    const std::int64_t most = most_replicas(asked, (there - taken) / each);
    if (most * each > there - taken) {
      return refuse(asked, "replicas",
                    concat(counted(most), " replicas of ", counted(each), " devices are ",
                           counted(most * each), ", and ", counted(there - taken), " are free"),
                    "take fewer replicas, or smaller ones");
    }
    const ServingSetup setup = serving_setup(
        subject->task, subject->plan,
        options_of(asked.pool.settings, question_.seed.value_or(cluster_.world.seed)));
    if (!setup.complaint.empty()) return does_not_fit(setup.complaint);
    taken += static_cast<int>(most) * each;
    const Site& site = cluster_.world.sites[cluster_.world.pools[asked.pool.pool.value].site.value];
    ServingEstimate one = estimate_serving(subject->task, subject->plan, 1, 1);
    StepCosts costs = step_costs(subject->task, subject->plan);
    pools.push_back({asked.pool, std::move(*subject), setup.rules, setup.kv_per_token,
                     setup.kv_per_sequence,
                     std::move(costs), first_replicas(asked, most), most, 1,
                     site.idle_power_share.value, std::move(one)});
    return true;
  }

  const FleetRefusal& refusal() const { return refusal_; }

private:
  static std::int64_t most_replicas(const AskedPool& asked, std::int64_t free) {
    if (asked.pool.scaling) return asked.pool.scaling->most;
    return asked.pool.replicas.value_or(std::max<std::int64_t>(free, 1));
  }
  static std::int64_t first_replicas(const AskedPool& asked, std::int64_t most) {
    if (!asked.pool.scaling) return most;
    return std::clamp(asked.pool.replicas.value_or(asked.pool.scaling->least),
                      asked.pool.scaling->least, most);
  }

  bool refuse(const AskedPool& asked, const std::string& field, const std::string& message,
              const std::string& help) {
    if (asked.at) {
      asked.at->error(field, concat("serving pool ", in_quotes(asked.pool.name), ": ", message),
                      help);
    } else {
      refusal_ = {false, message, help};
    }
    return false;
  }
  bool does_not_fit(const std::string& message) {
    refusal_ = {true, message, "spread it over more devices, or narrow its formats"};
    return false;
  }

  std::optional<ServingSubject> planned(AskedPool& asked, int free) {
    if (asked.pool.has_plan()) return written_plan(asked, free);
    return best_plan(asked, free);
  }

  std::optional<ServingSubject> written_plan(AskedPool& asked, int free) {
    ServedPool& pool = asked.pool;
    complete_plan(cluster_.world, pool);
    const double each = double(*pool.tensor) * *pool.attention_dp * *pool.pipeline;
    if (each > free) {
      refuse(asked, "tp", concat("a replica takes ", each, " devices, and ", double(free),
                                 " are free"),
             "let tp x dp x pp be at most that");
      return std::nullopt;
    }
    const int devices = static_cast<int>(each);
    auto subject = understand(question_of(cluster_, question_, pool, devices), cluster_.world);
    if (const auto* wrong = std::get_if<Misunderstanding>(&subject)) {
      refuse(asked, "", wrong->message, wrong->help);
      return std::nullopt;
    }
    auto& known = std::get<ServingSubject>(subject);
    settle(pool, known);
    return std::move(known);
  }

  std::optional<ServingSubject> best_plan(AskedPool& asked, int free) {
    ServedPool one = asked.pool;
    one.tensor = one.pipeline = one.attention_dp = 1;
    const ServingQuestion base = question_of(cluster_, question_, one, free);
    auto subject = understand(base, cluster_.world);
    if (const auto* wrong = std::get_if<Misunderstanding>(&subject)) {
      refuse(asked, "", wrong->message, wrong->help);
      return std::nullopt;
    }
    auto& known = std::get<ServingSubject>(subject);
    settle(asked.pool, known);
    const auto formats = formats_to_try(base, cluster_.world);
    const auto plans = search_serving(known.task, free, target_, formats);
    const std::int64_t replicas = most_replicas(asked, 1);
    const RankedPlan* least_lacking = nullptr;
    for (const RankedPlan& plan : plans) {
      if (plan.estimate.plan.devices() * replicas > free) continue;
      if (least_lacking == nullptr) least_lacking = &plan;
      if (!plan.fits) continue;
      const bool loads_mtp = known.plan.loads_mtp;
      known.plan = plan.estimate.plan;
      known.plan.loads_mtp = loads_mtp;
      return std::move(known);
    }
    if (least_lacking == nullptr) {
      refuse(asked, "replicas",
             concat(counted(replicas), " replicas of ", known.model->name, " do not go into ",
                    double(free), " devices"),
             "take fewer");
      return std::nullopt;
    }
    const ServingEstimate& e = least_lacking->estimate;
    does_not_fit(concat(known.model->name, " fits on no plan for ", double(free), " x ",
                        known.device->name, "; nearest is ", plan_text(e.plan), ", ",
                        precision_text(e.plan.precision), ": ",
                        memory_text(e, known.task.prompt + known.task.output)));
    return std::nullopt;
  }

  const Cluster& cluster_;
  const FleetQuestion& question_;
  ServingTarget target_;
  std::map<std::uint32_t, int> taken_;  // Devices, by pool.
  FleetRefusal refusal_;
};

/// The model that is asked for; null after a refusal.
const Transformer* model_of(const World& world, const std::string& named, FleetRefusal& refusal) {
  if (named.empty() && world.served.model) return &world.transformers[world.served.model->value];
  const auto* model = find_named(world.transformers, named);
  if (model != nullptr) return model;
  std::vector<std::string> names;
  for (const Transformer& known : world.transformers) names.push_back(known.name);
  refusal = named.empty()
                ? FleetRefusal{false, "no model to serve",
                               "name one with --model, or in serving_fleet of the cluster"}
                : FleetRefusal{false, concat("no model ", in_quotes(named), " in the catalogue"),
                               did_you_mean(named, names, "see 'chokepoint catalog list models'")};
  return nullptr;
}

/// Pools whose number is written go first: those that take the rest come after.
void put_written_first(std::vector<AskedPool>& asked) {
  std::stable_partition(asked.begin(), asked.end(), [](const AskedPool& one) {
    return one.pool.replicas || one.pool.scaling;
  });
}

}  // namespace

FleetSpec PlannedFleet::spec() {
  FleetSpec spec;
  for (PlannedPool& planned : pools) {
    PoolSpec pool;
    pool.costs = &planned.costs;
    pool.rules = planned.rules;
    pool.role = planned.asked.role;
    pool.replicas = planned.replicas;
    pool.weight = planned.weight;
    pool.kv_per_token = planned.kv_per_token;
    pool.kv_per_sequence = planned.kv_per_sequence;
    pool.scaling = planned.asked.scaling;
    pool.between_failures = planned.asked.between_failures;
    if (planned.asked.repair > 0) pool.repair = planned.asked.repair;
    spec.pools.push_back(pool);
  }
  spec.classes.clear();
  for (const ServedClass& one : classes) spec.classes.push_back(one.promised);
  spec.routing = routing;
  spec.seed = seed;
  spec.most_retries = most_retries;
  spec.transfers = transfers.get();
  return spec;
}

ReplicaPlace PlannedFleet::place_of(std::uint32_t number) const {
  ReplicaPlace place{0, number};
  while (place.number >= static_cast<std::uint32_t>(pools[place.pool].most)) {
    place.number -= static_cast<std::uint32_t>(pools[place.pool++].most);
  }
  return place;
}

std::variant<PlannedFleet, FleetRefusal> plan_fleet(const Cluster& cluster,
                                                    const FleetQuestion& question,
                                                    Diagnostics& found) {
  const ServedFleet& served = cluster.world.served;
  PlannedFleet fleet;
  FleetRefusal refusal;
  fleet.model = model_of(cluster.world, question.service.model, refusal);
  if (fleet.model == nullptr) return refusal;
  FleetQuestion asked = question;
  asked.service.model = fleet.model->name;
  fleet.classes = served.classes;
  if (question.promised || fleet.classes.empty()) {
    fleet.classes = {{question.promised.value_or(SloClass{}), 1}};
  }
  fleet.routing = question.routing.value_or(served.routing);
  fleet.seed = question.seed.value_or(cluster.world.seed);
  fleet.most_retries = served.most_retries;
  auto pools = asked_pools(cluster, found);
  put_written_first(pools);
  Planner planner(cluster, asked, fleet.classes.front().promised);
  for (AskedPool& pool : pools) {
    overrule(question, pool.pool);
    if (!planner.add(std::move(pool), fleet.pools)) return planner.refusal();
  }
  weigh(fleet.pools);
  fleet.transfers = transfers_of(served, fleet.pools);
  const std::string wrong = fleet_complaint(fleet.spec());
  if (!wrong.empty()) return FleetRefusal{false, wrong, ""};
  return fleet;
}

}  // namespace chokepoint
