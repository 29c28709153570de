#include "tools/fleet/fleet_plan.hpp"

#include <algorithm>
#include <utility>

#include "models/find_named.hpp"
#include "sim/scenario/reading/cursor.hpp"
#include "sim/scenario/text/phrases.hpp"
#include "sim/scenario/text/spelling.hpp"
#include "tools/fleet/fleet_links.hpp"
#include "tools/fleet/pool_planner.hpp"

namespace chokepoint {
namespace {

constexpr double kUsualBatch = 64;  // At which replicas are compared: a choice.

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

/// How fast caches move between pools that read and that decode: the share that a replica of the
/// slower side has of its cards.
std::unique_ptr<KvTransfers> transfers_of(const ServedFleet& fleet,
                                          const std::deque<PlannedPool>& pools) {
  std::optional<BytesPerSecond> rate;
  for (const PlannedPool& pool : pools) {
    if (pool.asked.role == PoolRole::Whole) continue;
    const PoolLinks links = links_of(pool, fleet);
    const BytesPerSecond own = links.bandwidth / double(links.replicas_per_host);
    rate = rate ? std::min(*rate, own) : own;
  }
  if (!rate) return nullptr;
  return std::make_unique<UncontendedTransfers>(fleet.transfer_latency, *rate);
}

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
  std::stable_partition(asked.begin(), asked.end(),
                        [](const AskedPool& one) { return one.pool.replicas || one.pool.scaling; });
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
  PoolPlanner planner(cluster, asked, fleet.classes.front().promised);
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
