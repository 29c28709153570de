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

TEST_CASE("read_reliability: switches and storage have sizes and repairs of their own",
          "[scenario][read]") {
  const std::string modes =
      " modes { name: \"leaf\" scope: SWITCHES " + figure("per_1000_days", "1") +
      "} modes { name: \"disk\" scope: STORAGE " + figure("per_1000_days", "2") + "} ";
  const auto plain = read_text(reliability(modes));
  REQUIRE(plain.world);
  const ReliabilitySpec& unsaid = plain.world->reliabilities.at(0);
  CHECK(unsaid.modes.at(0).scope == FailureScope::Switches);
  CHECK(unsaid.modes.at(1).scope == FailureScope::Storage);
  CHECK(unsaid.nodes_struck(FailureScope::Switches) == 4);
  CHECK(unsaid.repair_of(FailureScope::Switches) == 48_hours);
  CHECK(unsaid.repair_of(FailureScope::Storage) == 48_hours);
  const auto read = read_text(reliability(modes + figure("nodes_per_switch", "16") +
                                          figure("switch_repair_hours", "3") +
                                          figure("storage_repair_hours", "5")));
  REQUIRE(read.world);
  const ReliabilitySpec& said = read.world->reliabilities.at(0);
  CHECK(said.nodes_struck(FailureScope::Switches) == 16);
  CHECK(said.repair_of(FailureScope::Switches) == 3_hours);
  CHECK(said.repair_of(FailureScope::Storage) == 5_hours);
  CHECK(read_text(reliability(modes + figure("nodes_per_switch", "0"))).errors.size() == 1);
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

// A reliability for the stack of the job's pool, and a recovery.
std::string interruptions(const std::string& inside, const std::string& stack = "west_stack") {
  const std::string rates = reliability(mode("gpu", "8.64")).substr(small_text().size());
  return with_replaced(recovery() + rates, "reliabilities", "west_stack", stack) +
         " interruptions { " + inside + " }";
}

TEST_CASE("read_interruptions: nothing stops a job where nobody asks", "[scenario][read]") {
  CHECK_FALSE(world_of(small_text()).interrupted_jobs);
  CHECK_FALSE(world_of(recovery()).interrupted_jobs);
}

TEST_CASE("read_interruptions: what is not written is the catalogue's", "[scenario][read]") {
  const World world = world_of(interruptions(""));
  REQUIRE(world.interrupted_jobs);
  CHECK_FALSE(world.interrupted_jobs->reliability);
  CHECK(world.interrupted_jobs->recovery == 0);
  CHECK(world.interrupted_jobs->rate_factor == 1.0);
  CHECK(world.interrupted_jobs->checkpoint_mode == CheckpointMode::Asynchronous);
  CHECK_FALSE(world.interrupted_jobs->with_lemons);
  CHECK_FALSE(world.training_jobs.at(0).has_period);
}

TEST_CASE("read_interruptions: all of it can be said", "[scenario][read]") {
  const World world = world_of(interruptions(
      "reliability: \"r\" recovery: \"automatic\" rate_factor: 2 checkpoint_mode: BLOCKING "
      "with_lemons: true with_slow_nodes: true"));
  CHECK(world.interrupted_jobs->reliability == 0);
  CHECK(world.interrupted_jobs->rate_factor == 2.0);
  CHECK(world.interrupted_jobs->checkpoint_mode == CheckpointMode::Blocking);
  CHECK(world.interrupted_jobs->with_lemons);
  CHECK(world.interrupted_jobs->with_slow_nodes);
}

TEST_CASE("read_interruptions: somebody says how devices fail and jobs go on",
          "[scenario][read][bad]") {
  const std::string where = " | import scenarios/catalog/failures.textproto, or write what it has";
  const auto none = read_text(small_text() + "interruptions {}");
  REQUIRE(none.errors.size() == 2);
  CHECK(none.errors[0] == "nobody says how often devices fail" + where);
  CHECK(none.errors[1] == "nobody says how jobs go on" + where);
  CHECK(only_error(interruptions("reliability: \"rr\"")) ==
        "no reliability 'rr' in the scenario | known: r");
  CHECK(read_text(interruptions("rate_factor: -1")).errors.size() == 1);
  CHECK(only_error(interruptions("", "east_stack")) ==
        "nobody says how often 'west_gpu' fails | name its stack in a reliability, or one "
        "reliability for all in interruptions");
  CHECK(read_text(interruptions("reliability: \"r\"", "east_stack")).world);
}

}  // namespace
}  // namespace chokepoint
