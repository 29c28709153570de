#include "sim/zoom/zoomed_service.hpp"

#include <catch2/catch.hpp>

#include "models/performance/throughput.hpp"
#include "tests/models/serving/small_loads.hpp"
#include "tests/sim/engine/small_world.hpp"

namespace chokepoint {
namespace {

// 64 H100 that may serve Llama-3.1-8B.
World chat_world() {
  World world = small_world();
  DeviceSpec& device = world.devices[kForeign.value];
  const DeviceSpec whole = h100();
  device.peaks = whole.peaks;
  device.memory = whole.memory;
  device.memory_bandwidth = whole.memory_bandwidth;
  world.transformers = {llama_8b()};
  InferenceService service;
  service.name = "chat";
  service.transformer = TransformerId{0};
  service.request = {Tokens{1000}, Tokens{500}, {Seconds{0.03}, {}}};
  service.shares = {{kForeignPool, 1.0}};
  world.services = {service};
  return world;
}

ReplicaGroup group_of(const World& world, double devices = 64) {
  const auto group = replica_group(world, ServiceId{0}, kForeignPool, devices);
  REQUIRE(group);
  return *group;
}

std::vector<DemandWindow> asked(const ReplicaGroup& group, double load, Seconds length) {
  return {{length, group.capacity * length * load}};
}

TEST_CASE("zoomed service: a group has the capacity of the segments", "[zoom][service]") {
  const World world = chat_world();
  const ReplicaGroup group = group_of(world);
  const RequestShape& request = world.services[0].request;
  const DeviceSpec& device = world.devices[0];
  const ServingAttained& attained = world.serving[0];
  const ServingRates rates =
      serving_rates(world.transformers[0], request, device, attained.coefficients).back();
  const TokensPerSecond one = serving_throughput(request, attained.prefill.value * rates.prefill,
                                                 attained.decode.value * rates.decode);
  CHECK(group.capacity.value == Approx(64 * one.value));
  CHECK(group.replicas * group.plan.devices() == 64);
}

TEST_CASE("zoomed service: what serves nothing has no group", "[zoom][service]") {
  World world = chat_world();
  CHECK_FALSE(replica_group(world, ServiceId{0}, kForeignPool, 0.5));
  world.device_speeds = {{1.0, 0.0, 1.0}, {1.0, 1.0, 1.0}};
  CHECK_FALSE(replica_group(world, ServiceId{0}, kForeignPool, 64));
}

TEST_CASE("zoomed service: twice as fast a stack serves twice as much", "[zoom][service]") {
  World world = chat_world();
  const double before = group_of(world).capacity.value;
  world.device_speeds = {{1.0, 2.0, 2.0}, {1.0, 1.0, 1.0}};
  const ReplicaGroup group = group_of(world);
  CHECK(group.capacity.value == Approx(2 * before));
  const auto windows = asked(group, 1.5, 2_hours);
  CHECK(play_group(world, group, windows).served.value ==
        Approx((group.capacity * windows[0].length).value).epsilon(0.1));
}

TEST_CASE("zoomed service: below its capacity it serves what it is asked", "[zoom][service]") {
  const World world = chat_world();
  const ReplicaGroup group = group_of(world);
  const auto windows = asked(group, 0.5, 2_hours);
  const PlayedGroup played = play_group(world, group, windows);
  CHECK(played.served.value == Approx(windows[0].demand.value).epsilon(0.02));
  CHECK(played.refused_share == 0);
  CHECK(played.busy_share > 0.4);
  CHECK(played.busy_share < 0.6);
  CHECK(played.ttft_p50 <= played.ttft_p99);
}

TEST_CASE("zoomed service: beyond its capacity it refuses the rest", "[zoom][service]") {
  const World world = chat_world();
  const ReplicaGroup group = group_of(world);
  const PlayedGroup played = play_group(world, group, asked(group, 3, 2_hours));
  CHECK(played.refused_share > 0.5);
  CHECK(played.busy_share > 0.99);
}

TEST_CASE("zoomed service: a part that is played stands for the whole", "[zoom][service]") {
  const World world = chat_world();
  const ReplicaGroup group = group_of(world, 16);
  const auto windows = asked(group, 0.8, 4_hours);
  const PlayedGroup whole = play_group(world, group, windows, {64, 100'000'000});
  const PlayedGroup part = play_group(world, group, windows, {64, 100'000});
  CHECK(whole.replicas_played == 16);
  CHECK(whole.time_share == 1.0);
  CHECK(part.time_share < 0.5);
  CHECK(part.requests < whole.requests / 2);
  CHECK(part.served.value == Approx(whole.served.value).epsilon(0.03));
  CHECK(part.busy_share == Approx(whole.busy_share).epsilon(0.05));
}

TEST_CASE("zoomed service: nothing asked, nothing served", "[zoom][service]") {
  const World world = chat_world();
  const ReplicaGroup group = group_of(world);
  CHECK(play_group(world, group, asked(group, 0, 1_days)).served == Tokens{});
  CHECK(play_group(world, group, {}).requests == 0);
}

}  // namespace
}  // namespace chokepoint
