#include "sim/study/causes/obstacles.hpp"

#include <catch2/catch.hpp>

#include "sim/trace/describe.hpp"
#include "tests/sim/study/small_history.hpp"

namespace chokepoint::obstacles_test {
namespace {

using Kind = Obstacle::Kind;

/// April in the mainland, unless told otherwise.
class Asked {
public:
  explicit Asked(const YearlyKey& key = {"domestic_share", "units", "share", 2025})
      : finder_(world_, names_, scope_of(world_, key), parse_period("2025-04").value()) {}

  pb::Fact& on(const std::string& day) {
    TimedFact timed;
    timed.time_ns = nanoseconds(world_.calendar().at(parse_date(day).value()));
    facts_.push_back(timed);
    return facts_.back().fact;
  }
  void refuse(const std::string& day, const std::string& order, double units) {
    auto& fact = *on(day).mutable_refused();
    fact.set_order(order);
    fact.set_device("west_gpu");
    fact.set_units(units);
    fact.set_value_usd(units * 1e4);
    fact.set_gate(pb::EXPORTER);
    fact.set_exporter("US");
    fact.set_importer("CN");
    fact.set_exporter_rule("us_letter");
  }
  void fall_short(const std::string& device, double made, double wanted) {
    auto& fact = *on("2025-04-01").mutable_bottleneck();
    fact.set_device(device);
    fact.set_units(made);
    fact.set_wanted(wanted);
    fact.set_component("hbm2e");
    fact.set_stage("hbm");
    fact.set_devices_per_unit(0.25);
  }
  void deliver(const std::string& order, const std::string& device, double units) {
    auto& fact = *on("2025-04-20").mutable_delivered();
    fact.set_order(order);
    fact.set_device(device);
    fact.set_units(units);
  }
  void sample(const std::string& counter, double value) {
    auto& fact = *on("2025-05-01").mutable_counter();
    fact.set_counter(counter);
    fact.set_subject("north/gpus");
    fact.set_value(value);
  }
  std::vector<Obstacle> found() {
    for (const TimedFact& fact : facts_) finder_.add(fact);
    return finder_.obstacles();
  }

private:
  World world_ = small_history_world();
  TraceNames names_{world_};
  ObstacleFinder finder_;
  std::vector<TimedFact> facts_;
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
  asked.on("2025-04-09").mutable_refused()->set_order("lab_north/west_gpu");
  auto& both = *asked.on("2025-04-10").mutable_refused();
  both.set_order("lab_north/west_gpu");
  both.set_device("west_gpu");
  both.set_units(1.0);
  both.set_exporter("US");
  both.set_importer("CN");
  both.set_exporter_rule("us_letter");
  both.set_importer_rule("cn_stop");
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
  asked.sample("devices_installed", 87.0);  // Ten nodes and seven packages.
  asked.sample("devices_powered", 64.0);
  const auto found = asked.found();
  REQUIRE(found.size() == 1);
  CHECK(found[0].kind == Kind::Power);
  CHECK(found[0].name == "north");
  CHECK(found[0].all_lost().packages == 16.0);
  Asked lit;
  lit.sample("devices_installed", 87.0);
  lit.sample("devices_powered", 80.0);
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
