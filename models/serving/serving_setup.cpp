#include "models/serving/serving_setup.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "models/performance/attention.hpp"
#include "models/performance/serving_memory.hpp"

namespace chokepoint {
namespace {

constexpr double kStepsUntilSeen = 0.5;
constexpr std::int64_t kWholeSequence = std::int64_t{1} << 30;  // Where no cache grows.

std::string gb(Bytes bytes) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f GB", bytes.value * 1e-9);
  return text;
}

ServingMemory memory_of(const ServingTask& task, const ServingPlan& plan) {
  MemorySettings settings = task.memory;
  settings.usable = task.coefficients.usable_memory;
  settings.token_budget = task.settings.token_budget;
  return serving_memory(task.model, task.device, plan, settings);
}

std::string arithmetic(const ServingTask& task, const ServingMemory& memory, Tokens tokens) {
  const Bytes request = memory.cache.at_most(tokens, memory.budget);
  return task.model.name + " does not fit on " + task.device.name + ": of " + gb(memory.usable) +
         " usable on the fullest device, weights take " + gb(memory.weights) + ", activations " +
         gb(memory.activations) + " and buffers " + gb(memory.buffers) + ", which leaves " +
         gb(memory.pool) + " for a cache that needs " + gb(request) + " for one request of " +
         std::to_string(std::llround(tokens.value)) + " tokens";
}

// Blocks of all attention groups, each whole in one of them.
std::int64_t blocks_in(Bytes space, Bytes block, double groups) {
  const double each = std::floor(std::max(space / block, 0.0));
  return static_cast<std::int64_t>(each * groups);
}

double steps_to_first_token(const ServingTask& task, bool reads_alone) {
  const Coefficients& c = task.coefficients;
  const EngineSettings& s = task.settings;
  const double waits = s.stream_interval + s.receive_interval + s.balance_wait;
  const double in_engine = reads_alone ? kStepsUntilSeen : kStepsUntilSeen + 1;
  return std::max(c.first_token_iterations - in_engine + c.wait_share * waits, 0.0);
}

void add_cache(const ServingMemory& memory, const EngineOptions& options, const ServingPlan& plan,
               EngineRules& rules) {
  rules.block.tokens = options.block_tokens;
  Bytes block = memory.cache.growing * Tokens{static_cast<double>(options.block_tokens)};
  if (block > Bytes{}) {
    rules.block.per_sequence =
        static_cast<std::int64_t>(std::ceil((memory.cache.settled + memory.cache.begun) / block));
  } else {
    rules.block.tokens = kWholeSequence;
    block = std::max((memory.cache.settled + memory.cache.begun), Bytes{1});
  }
  const double groups = plan.attention_dp;
  const double holders = plan.tensor * plan.pipeline;  // Devices that hold parts of a block.
  rules.blocks = blocks_in(memory.pool, block, groups);
  rules.groups = plan.attention_dp;
  rules.host_blocks = blocks_in(options.host_cache, block * holders, 1);
  rules.swap_blocks = blocks_in(options.host_swap, block * holders, 1);
  rules.copy_per_block = ticks_of(block / options.host_link);
}

// States are divided by tensor parallelism, rows of windows only as far as there are heads.
void add_transfer(const Transformer& model, const SequenceCache& cache, const ServingPlan& plan,
                  ServingSetup& made) {
  const double shards = kv_shards(model, plan.tensor), stages = plan.pipeline;
  const Bytes states{model.linear_layers * model.linear_state_bytes};
  const Bytes windows = cache.settled * stages - states / double(plan.tensor);
  made.kv_per_token = cache.growing * (shards * stages);
  made.kv_per_sequence = states + std::max(windows, Bytes{}) * shards;
}

}  // namespace

ServingSetup serving_setup(const ServingTask& task, const ServingPlan& plan,
                           const EngineOptions& options) {
  const ServingMemory memory = memory_of(task, plan);
  const Tokens request = task.prompt + task.output;
  const double groups = plan.attention_dp;
  ServingSetup made;
  add_cache(memory, options, plan, made.rules);
  const std::int64_t blocks =
      made.rules.block.of(std::llround(request.value)) + made.rules.block.per_sequence;
  if (fits(memory, request).fit == MemoryFit::No || made.rules.blocks_of_one() < blocks) {
    made.complaint = arithmetic(task, memory, request);
  }
  add_transfer(task.model, memory.cache, plan, made);
  EngineRules& rules = made.rules;
  rules.token_budget = std::llround(task.settings.token_budget * groups);
  rules.max_sequences = std::llround(task.settings.max_sequences * groups);
  rules.budget_counts_decoding = options.budget_counts_decoding;
  rules.reads_alone = options.reads_alone;
  rules.reserved_answer = task.settings.reserves_answer ? 1.0 : options.reserved_answer;
  rules.watermark = options.watermark;
  rules.shares_prefixes = options.shares_prefixes;
  rules.context = options.context;
  rules.acceptance_spread = options.acceptance_spread;
  rules.seed = options.seed;
  rules.first_token = std::llround(task.coefficients.first_token_ms * 1e6);
  rules.first_token_steps = steps_to_first_token(task, options.reads_alone);
  return made;
}

StepCosts step_costs(const ServingTask& task, const ServingPlan& plan, const StepPace& pace) {
  return StepCosts(
      Replica({task.model, task.device, task.links, plan, task.coefficients, task.support}),
      task.settings.speculated, pace);
}

}  // namespace chokepoint
