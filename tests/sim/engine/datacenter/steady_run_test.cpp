#include "sim/engine/datacenter/steady_run.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/engine/in_child.hpp"
#include "tests/sim/engine/small_world.hpp"

namespace chokepoint {
namespace {

/// Eight devices, 8000 tokens per second, for two and a half days' worth of tokens.
World training_world() {
  World world = small_world();
  world.orders.clear();
  world.stocks = {small_stock(8.0)};
  world.training_jobs = {small_job(8'000.0 * 2.5 * 86'400.0, 8)};
  return world;
}

TEST_CASE("training: an uncontended job takes work over speed", "[engine][training]") {
  const auto facts = facts_of(training_world());
  const auto finished = only<JobFinished>(facts);
  REQUIRE(finished.size() == 1);
  CHECK(finished[0].time.value == Approx(2.5 * 86'400.0).epsilon(1e-9));
  CHECK(only<JobUnfinished>(facts).empty());
}

TEST_CASE("training: a segment reaches from checkpoint to checkpoint", "[engine][training]") {
  const auto facts = facts_of(training_world());
  const auto ended = only<SegmentEnded>(facts);
  CHECK(only<SegmentBegan>(facts).size() == 3);
  REQUIRE(ended.size() == 3);
  CHECK(ended[0].time.value == Approx(86'400.0).epsilon(1e-9));
  Tokens sum;
  for (const auto& segment : ended) sum += segment.tokens;
  CHECK(sum.value == Approx(8'000.0 * 2.5 * 86'400.0));
}

TEST_CASE("training: twice the speed halves the time", "[engine][training]") {
  World world = training_world();
  const double once = only<JobFinished>(facts_of(world))[0].time.value;
  world.devices[0].peaks.bf16 = 2.0 * *world.devices[0].peaks.bf16;
  const double twice = only<JobFinished>(facts_of(world))[0].time.value;
  CHECK(twice == Approx(once / 2.0).epsilon(1e-9));
}

TEST_CASE("training: tokens grow within a segment", "[engine][training]") {
  World world = training_world();
  world.sample_period = 6_hours;
  for (const auto& sample : only<CounterSampled>(facts_of(world))) {
    if (sample.counter != Counter::TrainingTokens) continue;
    const double expected = 8'000.0 * std::min(sample.time.value, 2.5 * 86'400.0);
    if (sample.value != Approx(expected)) FAIL_CHECK(sample.time.value << ": " << sample.value);
  }
}

}  // namespace
}  // namespace chokepoint
