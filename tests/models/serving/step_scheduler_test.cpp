#include "models/serving/step_scheduler.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

Job asked(std::uint64_t id, std::uint32_t prompt, std::uint32_t output) {
  Job job;
  job.request = {.id = id, .prompt = prompt, .output = output};
  job.output = output;
  return job;
}

EngineRules plenty() {
  EngineRules rules;
  rules.blocks = 10'000;
  rules.token_budget = 100;
  return rules;
}

TEST_CASE("scheduler: running prompts go on before waiting ones begin", "[serving][scheduler]") {
  StepScheduler scheduler(plenty(), kSubtokens);
  scheduler.enqueue(asked(1, 150, 10), 0);
  scheduler.enqueue(asked(2, 120, 10), 0);
  const StepPlan first = scheduler.plan(0);
  CHECK(first.work.prompts == 1);
  CHECK(first.work.tokens == 100);
  CHECK(scheduler.running() == 1);
  scheduler.finish(0, 1);
  CHECK(scheduler.firsts().empty());
  const StepPlan second = scheduler.plan(1);
  CHECK(second.work.prompts == 2);
  CHECK(second.work.tokens == 100);  // 50 of either.
  scheduler.finish(0, 2);
  CHECK(scheduler.firsts().size() == 1);
  CHECK(scheduler.batch().size() == 1);
  CHECK(scheduler.plan(2).work.tokens == 70);
}

TEST_CASE("scheduler: those that decode take of the budget where the rules say so",
          "[serving][scheduler]") {
  for (const bool counts : {false, true}) {
    EngineRules rules = plenty();
    rules.budget_counts_decoding = counts;
    StepScheduler scheduler(rules, kSubtokens);
    scheduler.enqueue(asked(1, 40, 10), 0);
    scheduler.enqueue(asked(2, 40, 10), 0);
    scheduler.plan(0);
    scheduler.finish(0, 1);
    scheduler.enqueue(asked(3, 500, 10), 1);
    CHECK(scheduler.plan(1).work.tokens == (counts ? 98 : 100));
  }
}

TEST_CASE("scheduler: steps are alike until somebody ends", "[serving][scheduler]") {
  StepScheduler scheduler(plenty(), kSubtokens);
  scheduler.enqueue(asked(1, 10, 30), 0);
  scheduler.enqueue(asked(2, 10, 20), 0);
  CHECK_FALSE(scheduler.plan(0).only_decodes());
  scheduler.finish(0, 1);
  CHECK(scheduler.plan(1).only_decodes());
  CHECK(scheduler.steps_alike(1000) == 19);
  CHECK(scheduler.steps_alike(7) == 7);
  scheduler.finish(19, 20);
  REQUIRE(scheduler.ended().size() == 1);
  CHECK(scheduler.at(scheduler.ended()[0]).job.request.id == 2);
}

TEST_CASE("scheduler: where cache runs out nobody is admitted, and the next step looks again",
          "[serving][scheduler]") {
  EngineRules rules = plenty();
  rules.blocks = 20;
  StepScheduler scheduler(rules, kSubtokens);
  for (std::uint64_t id : {1, 2}) scheduler.enqueue(asked(id, 40, 250), 0);
  StepPlan plan = scheduler.plan(0);
  Ticks now = 0;
  while (plan.preempted == 0) {
    const bool decodes = !scheduler.batch().is_empty();
    scheduler.finish(decodes ? scheduler.steps_alike(1) : 0, ++now);
    plan = scheduler.plan(now);
  }
  CHECK(plan.looks_again);
  CHECK_FALSE(plan.only_decodes());
  CHECK(plan.work.tokens == 0);
  CHECK(scheduler.waiting() == 1);
  CHECK(scheduler.blocks_in_use() <= 20);
}

TEST_CASE("scheduler: an answer that is read again may be preempted beyond its prompt",
          "[serving][scheduler]") {
  EngineRules rules = plenty();
  rules.blocks = 45;
  rules.token_budget = 10;
  StepScheduler scheduler(rules, 16 * kSubtokens);  // A block a step.
  scheduler.enqueue(asked(1, 16, 320), 0);
  scheduler.enqueue(asked(2, 16, 640), 0);
  Job named = asked(3, 40, 400);
  named.request.blocks = {7, 8};
  named.request.block_tokens = 16;
  scheduler.enqueue(std::move(named), 0);
  const Sequence& last = scheduler.at(2);
  bool was_beyond = false;
  std::size_t ended = 0;
  for (Ticks now = 0; ended < 3; ++now) {
    REQUIRE(now < 1000);
    const std::int64_t read = last.read < last.to_read ? last.read : 0;
    const StepPlan plan = scheduler.plan(now);
    was_beyond = was_beyond || (plan.preempted > 0 && read >= 48 && last.read == 0);
    CHECK(scheduler.blocks_in_use() <= rules.blocks);
    scheduler.finish(scheduler.batch().is_empty() ? 0 : scheduler.steps_alike(1), now + 1);
    ended += scheduler.ended().size();
    scheduler.release_ended();
  }
  CHECK(was_beyond);
}

TEST_CASE("scheduler: what it gives back is all that it had, in order", "[serving][scheduler]") {
  EngineRules rules = plenty();
  rules.max_sequences = 2;
  StepScheduler scheduler(rules, kSubtokens);
  for (std::uint64_t id : {1, 2, 3, 4}) scheduler.enqueue(asked(id, 80, 10), 0);
  scheduler.plan(0);
  scheduler.finish(0, 1);
  scheduler.plan(1);
  const auto jobs = scheduler.give_back();
  REQUIRE(jobs.size() == 4);
  for (std::uint64_t i = 0; i < 4; ++i) CHECK(jobs[i].request.id == i + 1);
  CHECK(scheduler.running() + scheduler.waiting() == 0);
  CHECK(scheduler.blocks_in_use() == 0);
}

}  // namespace
}  // namespace chokepoint
