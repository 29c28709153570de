#include "tools/fleet/pool_planner.hpp"

#include <algorithm>
#include <utility>

#include "models/serving/nanoseconds.hpp"
#include "models/serving/serving_setup.hpp"
#include "sim/scenario/text/phrases.hpp"
#include "tools/estimate/engine_options.hpp"
#include "tools/estimate/serving_answer.hpp"

namespace chokepoint {
namespace {

std::string counted(std::int64_t count) {
  return std::to_string(count);
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

/// Whether the file says how the pool's prompts are read.
bool says_reads_alone(const AskedPool& asked) {
  return asked.at && dynamic_cast<const pb::ServingPool&>(asked.at->message()).has_reads_alone();
}

/// What the file does not say is as the engine starts by default.
EngineOptions options_of(const AskedPool& asked, const ServingSubject& subject,
                         std::uint64_t seed) {
  const ServedEngine& stated = asked.pool.settings;
  EngineOptions options = engine_options(subject);
  options.block_tokens = stated.block_tokens.value_or(options.block_tokens);
  options.watermark = stated.watermark.value_or(options.watermark);
  options.reserved_answer = stated.reserved_answer.value_or(options.reserved_answer);
  if (says_reads_alone(asked)) options.reads_alone = stated.reads_alone;
  options.budget_counts_decoding = stated.budget_counts_decoding;
  options.shares_prefixes = stated.shares_prefixes;
  options.host_cache = stated.host_cache;
  options.host_swap = stated.host_swap;
  options.seed = seed;
  return options;
}

ServingTarget target_of(const SloClass& promised) {
  ServingTarget target;
  if (promised.ttft) target.ttft = to_seconds(*promised.ttft);
  if (promised.tpot) target.tpot = to_seconds(*promised.tpot);
  return target;
}

/// Devices that one replica takes where its plan is written: degrees that are not are 1, and tensor
/// parallelism that is not takes a node.
void complete_plan(const World& world, ServedPool& pool) {
  const Pool& place = world.pools[pool.pool.value];
  const std::int64_t others =
      std::int64_t{pool.attention_dp.value_or(1)} * pool.pipeline.value_or(1);
  if (!pool.tensor) {
    const int node = world.nodes[place.node.value].devices_per_node;
    const std::int64_t most = std::min(node, devices_of(world, pool.pool)) / others;
    pool.tensor = static_cast<int>(std::max<std::int64_t>(most, 1));
  }
  pool.attention_dp = pool.attention_dp.value_or(1);
  pool.pipeline = pool.pipeline.value_or(1);
}

std::int64_t most_replicas(const AskedPool& asked, std::int64_t free) {
  if (asked.pool.scaling) return asked.pool.scaling->most;
  return asked.pool.replicas.value_or(std::max<std::int64_t>(free, 1));
}

std::int64_t first_replicas(const AskedPool& asked, std::int64_t most) {
  if (!asked.pool.scaling) return most;
  return std::clamp(asked.pool.replicas.value_or(asked.pool.scaling->least),
                    asked.pool.scaling->least, most);
}

}  // namespace

PoolPlanner::PoolPlanner(const Cluster& cluster, const FleetQuestion& question,
                         const SloClass& promised)
    : cluster_(cluster), question_(question), target_(target_of(promised)) {}

bool PoolPlanner::add(AskedPool asked, std::deque<PlannedPool>& pools) {
  const int there = devices_of(cluster_.world, asked.pool.pool);
  int& taken = taken_[asked.pool.pool.value];
  if (taken >= there) {
    return refuse(
        asked, "replicas",
        there == 0 ? "its pool has no chips" : "other serving pools take all devices of its pool",
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
  const ServingSetup setup =
      serving_setup(subject->task, subject->plan,
                    options_of(asked, *subject, question_.seed.value_or(cluster_.world.seed)));
  if (!setup.complaint.empty()) return does_not_fit(setup.complaint);
  taken += static_cast<int>(most) * each;
  const Site& site = cluster_.world.sites[cluster_.world.pools[asked.pool.pool.value].site.value];
  ServingEstimate one = estimate_serving(subject->task, subject->plan, 1, 1);
  StepCosts costs = step_costs(subject->task, subject->plan);
  pools.push_back({asked.pool, std::move(*subject), setup.rules, setup.kv_per_token,
                   setup.kv_per_sequence, std::move(costs), first_replicas(asked, most), most, 1,
                   site.idle_power_share.value, std::move(one)});
  return true;
}

bool PoolPlanner::refuse(const AskedPool& asked, const std::string& field,
                         const std::string& message, const std::string& help) {
  if (asked.at) {
    asked.at->error(field, concat("serving pool ", in_quotes(asked.pool.name), ": ", message),
                    help);
  } else {
    refusal_ = {false, message, help};
  }
  return false;
}

bool PoolPlanner::does_not_fit(const std::string& message) {
  refusal_ = {true, message, "spread it over more devices, or narrow its formats"};
  return false;
}

std::optional<ServingSubject> PoolPlanner::planned(AskedPool& asked, int free) {
  if (asked.pool.has_plan()) return written_plan(asked, free);
  return best_plan(asked, free);
}

std::optional<ServingSubject> PoolPlanner::written_plan(AskedPool& asked, int free) {
  ServedPool& pool = asked.pool;
  complete_plan(cluster_.world, pool);
  const double each = double(*pool.tensor) * *pool.attention_dp * *pool.pipeline;
  if (each > free) {
    refuse(asked, "tp",
           concat("a replica takes ", each, " devices, and ", double(free), " are free"),
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

std::optional<ServingSubject> PoolPlanner::best_plan(AskedPool& asked, int free) {
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
    known.other_formats.clear();
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

}  // namespace chokepoint
