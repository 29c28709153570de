#include "tools/estimate/training/training_worth.hpp"

#include <catch2/catch.hpp>
#include <iostream>
#include <stdexcept>
#include <string>

#include "models/find_named.hpp"
#include "tests/paths.hpp"

namespace chokepoint {
namespace {

TrainingWorld worth_world() {
  auto world = load_worth_world(source_dir(), std::cerr);
  if (!world) throw std::runtime_error("the world that ships cannot be read");
  return std::move(*world);
}

DeviceId device_named(const World& world, const std::string& name) {
  const DeviceSpec* device = find_named(world.devices, name);
  if (device == nullptr) throw std::runtime_error("no device " + name);
  return DeviceId{static_cast<std::uint32_t>(device - world.devices.data())};
}

TrainingWorth worth_of(const std::string& name, const TrainingWorld& world) {
  const auto worth = training_worth(device_named(world, name), world);
  if (!worth) throw std::runtime_error("nothing trains on " + name);
  return *worth;
}

// Else run 'tools/fit training worth'.
TEST_CASE("training worth: the catalogue has what the model of training says",
          "[estimate][training]") {
  const TrainingWorld world = worth_world();
  for (const std::string name : {"nv_h100_sxm", "nv_h20_96", "hw_ascend_910c", "nv_l20"}) {
    INFO(name);
    const Attained& attained = world.attained[device_named(world, name).value];
    CHECK(attained.of(OperatorClass::TrainingStep).value ==
          Approx(worth_of(name, world).kept).epsilon(1e-3));
  }
}

TEST_CASE(
    "training worth: what is poor in arithmetic and rich in bandwidth serves, and trains little",
    "[estimate][training]") {
  const TrainingWorld world = worth_world();
  const DeviceWorth& h20 = world.worth[device_named(world, "nv_h20_96").value];
  CHECK(h20.h100e_training < 0.3);
  CHECK(h20.h100e_training > h20.h100e_peak);
  CHECK(h20.h100e_decode > 2 * h20.h100e_training);
}

TEST_CASE("training worth: slower links are worth no more, and no step beats its products",
          "[estimate][training]") {
  TrainingWorld world = worth_world();
  const TrainingWorth before = worth_of("nv_h800_sxm", world);
  const DeviceId id = device_named(world, "nv_h800_sxm");
  DeviceSpec& device = world.devices[id.value];
  REQUIRE(device.io_bandwidth);
  device.io_bandwidth = *device.io_bandwidth / 4.0;
  for (NodeSpec& node : world.nodes) {
    if (node.device == id && node.links.scaleup) node.links.scaleup->value = 50_GBps;
  }
  const TrainingWorth after = worth_of("nv_h800_sxm", world);
  CHECK(after.rate < before.rate);
  CHECK(before.kept < 1.0);
  CHECK(before.error > 0.0);
}

TEST_CASE("training worth: what is written is read as the same", "[estimate][training]") {
  const TrainingWorld world = worth_world();
  TrainingWorth worth = worth_of("nv_l20", world);
  const std::string text = training_worth_text({worth}, world);
  CHECK(text.find("name: \"cuda\"") != std::string::npos);
  CHECK(text.find("training_nv_l20") != std::string::npos);
  CHECK(text.find("name: \"cann\"") == std::string::npos);
}

}  // namespace
}  // namespace chokepoint
