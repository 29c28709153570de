#include "models/device_speed.hpp"

#include <catch2/catch.hpp>

#include "models/performance/throughput.hpp"
#include "tests/models/catalog_excerpt.hpp"

namespace chokepoint {
namespace {

constexpr PoolId kOnlyPool{0};

World one_gang() {
  World world;
  world.devices = {h100()};
  world.attained = {attained_everywhere(0.7)};
  world.pools.resize(1);
  world.transformers = {llama_70b()};
  TrainingJob job;
  job.devices = 32;
  world.training_jobs = {job};
  return world;
}

TEST_CASE("device speed: as the catalogue says unless the world does otherwise", "[world]") {
  World world = one_gang();
  CHECK(device_speed(world, DeviceId{0}, WorkKind::Decode) == 1.0);
  world.device_speeds = {{0.5, 0.25, 2.0}};
  CHECK(device_speed(world, DeviceId{0}, WorkKind::Training) == 0.5);
  CHECK(device_speed(world, DeviceId{0}, WorkKind::Prefill) == 0.25);
  CHECK(device_speed(world, DeviceId{0}, WorkKind::Decode) == 2.0);
}

TEST_CASE("law: a gang trains as its devices together, at its pace", "[world][law]") {
  World world = one_gang();
  TrainingJob& job = world.training_jobs[0];
  const TokensPerSecond one = training_throughput(world.transformers[0], job.sequence_tokens,
                                                  world.devices[0], world.attained[0]);
  REQUIRE(one > TokensPerSecond{});
  for (const int devices : {1, 8, 1024}) {
    for (const double pace : {0.5, 1.0, 3.0}) {
      job.devices = devices, job.pace = pace;
      CHECK(gang_throughput(world, job, kOnlyPool).value == Approx(devices * pace * one.value));
    }
  }
}

}  // namespace
}  // namespace chokepoint
