#include "sim/engine/datacenter/transfer.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/engine/in_child.hpp"
#include "tests/sim/engine/small_world.hpp"

namespace chokepoint {
namespace {

/// Jobs of one day whose only checkpoint has 10 GB and goes to the other site.
World checkpoint_world(std::size_t jobs) {
  World world = small_world();
  world.orders.clear();
  world.stocks = {small_stock(8.0 * static_cast<double>(jobs))};
  world.transformers[0].parameters.value = 10e9 / 14.0;
  auto job = small_job(8'000.0 * 86'400.0, 8);
  job.checkpoint_copy = kBackup;
  world.training_jobs.assign(jobs, job);
  return world;
}

std::vector<double> durations(const std::vector<TraceEvent>& facts) {
  std::vector<double> result;
  const auto sent = only<CheckpointSent>(facts);
  for (const auto& arrived : only<CheckpointArrived>(facts)) {
    for (const auto& begun : sent) {
      if (begun.job == arrived.job) result.push_back((arrived.time - begun.time).value);
    }
  }
  return result;
}

// And 2 ms of latency.
TEST_CASE("transfer: 10 GB over 1 GB/s take 10 seconds", "[engine][transfer]") {
  const auto facts = facts_of(checkpoint_world(1));
  const auto took = durations(facts);
  REQUIRE(took.size() == 1);
  CHECK(took[0] == Approx(10.002).epsilon(1e-5));
  CHECK(only<CheckpointSent>(facts)[0].size.value == Approx(10e9));
}

TEST_CASE("transfer: two at once share the line", "[engine][transfer]") {
  const auto took = durations(facts_of(checkpoint_world(2)));
  REQUIRE(took.size() == 2);
  CHECK(took[0] == Approx(20.002).epsilon(1e-5));
  CHECK(took[1] == Approx(20.002).epsilon(1e-5));
}

TEST_CASE("transfer: a copy at the job's own site is not sent", "[engine][transfer]") {
  World world = checkpoint_world(1);
  world.training_jobs[0].checkpoint_copy = kSite;
  CHECK(only<CheckpointSent>(facts_of(world)).empty());
}

}  // namespace
}  // namespace chokepoint
