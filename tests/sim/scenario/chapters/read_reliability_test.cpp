#include "sim/scenario/chapters/chapters.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/scenario/small_world.hpp"

namespace chokepoint {
namespace {

std::string mode(const std::string& name, const std::string& rate) {
  return " modes { name: \"" + name + "\" scope: DEVICES " + figure("per_1000_days", rate) + "} ";
}

std::string reliability(const std::string& inside) {
  return small_text() + "reliabilities { name: \"r\" stacks: \"west_stack\" " +
         figure("repair_hours", "48") + figure("switch_ports", "64") + inside + " }";
}

std::string recovery(const std::string& left_out = "") {
  std::string text = small_text() + "recoveries { name: \"automatic\" ";
  for (const std::string field :
       {"detection_minutes", "diagnosis_minutes", "restart_minutes", "init_ms_per_device",
        "planned_minutes", "storage_gb_s_per_node", "snapshot_gb_s"}) {
    if (field != left_out) text += figure(field, "3");
  }
  return text + figure("idle_power_share", "0.3") + "}";
}

TEST_CASE("read_reliability: rates become those of one second", "[scenario][read]") {
  const auto read = read_text(reliability(mode("gpu", "8.64")));
  for (const auto& complaint : read.errors) UNSCOPED_INFO(complaint);
  REQUIRE(read.world);
  const ReliabilitySpec& found = read.world->reliabilities.at(0);
  CHECK(found.modes.at(0).each.value.value == Approx(1e-7));
  CHECK(found.modes.at(0).scope == FailureScope::Devices);
  CHECK(found.stacks.size() == 1);
  CHECK(found.repair.value == 48_hours);
  // What is not written.
  CHECK(found.weibull_shape.value == 1.0);
  CHECK(found.lemon_factor.value == 1.0);
  CHECK(found.planned.value == PerSecond{});
  CHECK(found.modes.at(0).broken_share.value == 0.0);
}

TEST_CASE("read_reliability: how runs go on", "[scenario][read]") {
  const auto read = read_text(recovery());
  REQUIRE(read.world);
  const RecoverySpec& found = read.world->recoveries.at(0);
  CHECK(found.detection.value == Seconds{180});
  CHECK(found.init_per_device.value == Seconds{0.003});
  CHECK(found.storage_per_node.value == 3_GBps);
  CHECK(found.idle_power_share.value == 0.3);
}

TEST_CASE("read_reliability: something fails, and each only once", "[scenario][read][bad]") {
  CHECK(only_error(reliability("")) == "nothing fails here | add modes");
  CHECK(read_text(reliability(mode("gpu", "1") + mode("gpu", "2"))).errors.size() == 1);
  CHECK(read_text(reliability(mode("gpu", "-1"))).errors.size() == 1);
}

TEST_CASE("read_reliability: a recovery without one of its times is refused",
          "[scenario][read][bad]") {
  for (const char* field : {"detection_minutes", "init_ms_per_device", "snapshot_gb_s"}) {
    CHECK(read_text(recovery(field)).errors.size() == 1);
  }
}

}  // namespace
}  // namespace chokepoint
