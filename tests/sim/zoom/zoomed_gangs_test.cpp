#include "sim/zoom/zoomed_gangs.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <set>

#include "tests/models/performance/random_serving.hpp"
#include "tests/sim/engine/small_world.hpp"

namespace chokepoint {
namespace {

// Nodes of eight devices, each of which trains 1000 tokens a second.
World gang_world(std::vector<TrainingJob> jobs, int days) {
  World world = small_world();
  world.end = world.start + std::chrono::days{days};
  world.training_jobs = std::move(jobs);
  return world;
}

TEST_CASE("zoomed gangs: a gang alone takes its tokens over its rate", "[zoom][gangs]") {
  // 16 devices train 16,000 tokens a second: a day of work.
  const World world = gang_world({small_job(16'000.0 * 86'400, 16)}, 3);
  const auto stays = play_gangs(world, {4, 0});
  REQUIRE(stays.size() == 1);
  CHECK(stays[0].from == Seconds{});
  CHECK(stays[0].until.value == Approx(86'400));
  CHECK(stays[0].trained.value == Approx(16'000.0 * 86'400));
  CHECK(stays[0].nodes.size() == 2);
}

TEST_CASE("zoomed gangs: who finds no room waits for who ends, and keeps others behind it",
          "[zoom][gangs]") {
  const double day_of_a_node = 8'000.0 * 86'400;
  TrainingJob first = small_job(3 * day_of_a_node, 24), wide = small_job(4 * day_of_a_node, 32),
              small = small_job(day_of_a_node, 8);
  const World world = gang_world({first, wide, small}, 10);
  const auto stays = play_gangs(world, {4, 0});
  REQUIRE(stays.size() == 3);
  CHECK(stays[1].job == JobId{1});
  CHECK(stays[1].from.value == Approx(86'400));
  CHECK(stays[2].from.value == Approx(2 * 86'400));
}

TEST_CASE("zoomed gangs: the end of the study cuts a gang short", "[zoom][gangs]") {
  const World world = gang_world({small_job(1e15, 8)}, 2);
  const auto stays = play_gangs(world, {1, 0});
  REQUIRE(stays.size() == 1);
  CHECK(stays[0].until == 2_days);
  CHECK(stays[0].trained.value == Approx(8'000.0 * 2 * 86'400));
}

TEST_CASE("zoomed gangs: nodes that serve are left alone", "[zoom][gangs]") {
  World world = gang_world({small_job(1e12, 24)}, 2);
  world.pools[0].serving_share = 0.5;
  CHECK(play_gangs(world, {4, 0}).empty());
  CHECK(play_gangs(world, {6, 0}).size() == 1);
}

TEST_CASE("zoomed gangs: pace and the speed of the day multiply the rate", "[zoom][gangs]") {
  World world = gang_world({small_job(1e15, 8)}, 1);
  const double before = play_gangs(world, {1, 0})[0].trained.value;
  world.training_jobs[0].pace = 0.5;
  world.device_speeds = {{3.0, 1.0, 1.0}, {1.0, 1.0, 1.0}};
  CHECK(play_gangs(world, {1, 0})[0].trained.value == Approx(1.5 * before));
}

TEST_CASE("zoomed gangs: no node is given twice", "[zoom][gangs]") {
  CHECK(rc::check([] {
    std::vector<TrainingJob> jobs;
    const int count = *rc::gen::inRange(1, 12);
    for (int i = 0; i < count; ++i) {
      TrainingJob job = small_job(any::number(1e7, 3e10), *rc::gen::inRange(1, 40));
      job.submitted += std::chrono::hours{*rc::gen::inRange(0, 200)};
      jobs.push_back(job);
    }
    const auto stays = play_gangs(gang_world(jobs, 12), {5, 0});
    for (std::size_t i = 0; i < stays.size(); ++i) {
      std::set<int> held;
      for (const NodeShare& share : stays[i].nodes) {
        RC_ASSERT(share.devices == 8);
        RC_ASSERT(held.insert(share.node).second);
      }
      for (std::size_t j = 0; j < i; ++j) {
        if (stays[j].until <= stays[i].from) continue;
        for (const NodeShare& share : stays[j].nodes) RC_ASSERT(held.count(share.node) == 0);
      }
    }
  }));
}

}  // namespace
}  // namespace chokepoint
