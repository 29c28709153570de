#include "sim/study/causes/obstacles.hpp"

#include <catch2/catch.hpp>

#include "sim/trace/world_names.hpp"
#include "tests/sim/study/small_history.hpp"

namespace chokepoint::obstacles_test {
namespace {

using Kind = Obstacle::Kind;

/// With a rule of the importer as well.
World world_with_stop() {
  World world = small_history_world();
  Rule& stop = world.regime.rules.emplace_back();
  stop.name = "cn_stop";
  stop.government = Country("CN");
  return world;
}

/// April in the mainland, unless told otherwise.
class Asked {
public:
  explicit Asked(const YearlyKey& key = {"domestic_share", "units", "share", 2025})

      : finder_(world_, scope_of(world_, key), parse_period("2025-04").value()) {}

  Seconds on(const std::string& day) const { return world_.calendar().at(parse_date(day).value()); }
  template <class Id>
  Id id(const std::string& name) const {
    return names_.find<Id>(name).value();
  }
  void refuse(const std::string& day, const std::string& order, double units,
              const std::optional<std::string>& importer_rule = std::nullopt) {
    ShipmentRefused refused;
    refused.time = on(day);
    refused.order = id<OrderId>(order);
    refused.device = id<DeviceId>("west_gpu");
    refused.units = units;
    refused.value = Usd{units * 1e4};
    refused.gate = importer_rule ? Gate::Both : Gate::Exporter;
    refused.exporter_rule = id<RuleId>("us_letter");
    if (importer_rule) refused.importer_rule = id<RuleId>(*importer_rule);
    finder_.record(refused);
  }
  void fall_short(const std::string& device, double made, double wanted) {
    finder_.record(SupplyBottleneck{on("2025-04-01"), SupplyId{0}, id<DeviceId>(device), made,
                                    id<ComponentId>("hbm2e"), id<StageId>("hbm"), 0.25, wanted});
  }
  void deliver(const std::string& order, const std::string& device, double units) {
    ShipmentDelivered delivered;
    delivered.time = on("2025-04-20");
    delivered.order = id<OrderId>(order);
    delivered.device = id<DeviceId>(device);
    delivered.units = units;
    finder_.record(delivered);
  }
  void sample(Counter counter, double value) {
    finder_.record(
        CounterSampled{on("2025-05-01"), counter, id<PoolId>("north/gpus").value, value});
  }
  std::vector<Obstacle> found() const { return finder_.obstacles(); }

private:
  World world_ = world_with_stop();
  WorldNames names_{world_};
  ObstacleFinder finder_;
};

TEST_CASE("obstacles: none without facts", "[history][why]") {
  CHECK(Asked().found().empty());
}

TEST_CASE("obstacles: refusals of the scope and the period alone", "[history][why]") {
  Asked asked;
  asked.refuse("2025-03-31", "lab_north/west_gpu", 1.0);
  asked.refuse("2025-04-09", "lab_north/west_gpu", 10.0);
  asked.refuse("2025-04-30", "lab_north/west_gpu", 100.0);
  asked.refuse("2025-05-01", "lab_north/west_gpu", 1'000.0);
  asked.refuse("2025-04-09", "cloud_desert/west_gpu", 10'000.0);
  const auto found = asked.found();
  REQUIRE(found.size() == 1);
  CHECK(found[0].name == "us_letter");
  CHECK(found[0].gate == "US");
  CHECK(found[0].rules == std::set<std::string>{"us_letter"});
  CHECK(found[0].all_lost().packages == 110.0);
  CHECK(found[0].all_lost().usd == 1.1e6);
}

TEST_CASE("obstacles: both governments are named where both refuse", "[history][why]") {
  Asked asked;
  asked.refuse("2025-04-09", "lab_north/west_gpu", 10.0);
  asked.refuse("2025-04-10", "lab_north/west_gpu", 1.0, "cn_stop");
  const auto found = asked.found();
  bool is_told = false;
  for (const Obstacle& obstacle : found) {
    is_told = is_told || (obstacle.name == "us_letter + cn_stop" && obstacle.gate == "US + CN");
  }
  CHECK(is_told);
}

// 300 wanted and 100 made at $9000.
TEST_CASE("obstacles: a shortage by what was wanted and not made", "[history][why]") {
  Asked asked;
  asked.fall_short("east_npu", 100.0, 300.0);
  const auto found = asked.found();
  REQUIRE(found.size() == 1);
  CHECK(found[0].kind == Kind::Shortage);
  CHECK(found[0].name == "hbm2e");
  CHECK(found[0].stage == "hbm");
  CHECK(found[0].devices_per_unit == 0.25);
  CHECK(found[0].all_lost().packages == 200.0);
  CHECK(found[0].all_lost().usd == 1.8e6);
}

// A quarter of what was delivered came here, so a quarter of what was missing was missed here.
TEST_CASE("obstacles: of a device that goes elsewhere too, the part that comes here",
          "[history][why]") {
  Asked asked;
  asked.fall_short("west_gpu", 100.0, 500.0);
  asked.deliver("lab_north/west_gpu", "west_gpu", 25.0);
  asked.deliver("cloud_desert/west_gpu", "west_gpu", 75.0);
  const auto found = asked.found();
  REQUIRE(found.size() == 1);
  CHECK(found[0].all_lost().packages == Approx(100.0));
  Asked elsewhere;
  elsewhere.fall_short("west_gpu", 100.0, 500.0);
  elsewhere.deliver("cloud_desert/west_gpu", "west_gpu", 75.0);
  CHECK(elsewhere.found().empty());
}

TEST_CASE("obstacles: whole nodes without power, not packages that wait for a node",
          "[history][why]") {
  Asked asked;
  asked.sample(Counter::DevicesInstalled, 87.0);  // Ten nodes and seven packages.
  asked.sample(Counter::DevicesPowered, 64.0);
  const auto found = asked.found();
  REQUIRE(found.size() == 1);
  CHECK(found[0].kind == Kind::Power);
  CHECK(found[0].name == "north");
  CHECK(found[0].all_lost().packages == 16.0);
  Asked lit;
  lit.sample(Counter::DevicesInstalled, 87.0);
  lit.sample(Counter::DevicesPowered, 80.0);
  CHECK(lit.found().empty());
}

TEST_CASE("obstacles: of one rule nothing but what it refused", "[history][why]") {
  Asked asked({"refused", "us_letter", "packages", 2025});
  asked.refuse("2025-04-09", "cloud_desert/west_gpu", 10.0);
  asked.fall_short("east_npu", 100.0, 300.0);
  const auto found = asked.found();
  REQUIRE(found.size() == 1);
  CHECK(found[0].name == "us_letter");
}

TEST_CASE("obstacles: the most money first", "[history][why]") {
  Asked asked;
  asked.refuse("2025-04-09", "lab_north/west_gpu", 1.0);
  asked.fall_short("east_npu", 100.0, 300.0);
  const auto found = asked.found();
  REQUIRE(found.size() == 2);
  CHECK(found[0].kind == Kind::Shortage);
  CHECK(found[1].kind == Kind::Rule);
}

}  // namespace
}  // namespace chokepoint::obstacles_test
