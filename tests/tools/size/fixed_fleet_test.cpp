#include "tools/size/fixed_fleet.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <iostream>

#include "tests/tools/called_program.hpp"
#include "tests/tools/size/sized_answers.hpp"

namespace chokepoint {
namespace {

double held_by(const std::vector<CountedKind>& fleet) {
  const HeldAnswer answer = hold_fleet(small_question(), fleet, shipped_serving());
  return answer.together ? answer.together->rate : 0;
}

std::string pool_of(const std::string& node, int units) {
  return "  pools {\n    name: '" + node + "'\n    node: '" + node + "'\n" +
         "    stocks { name: 'all' owner: 'operator' status: LEGAL units { value: " +
         std::to_string(units) + " source: 'mem' confidence: ESTIMATED } }\n  }\n";
}

std::string cluster_of(const std::string& pools) {
  const auto figure = [](const std::string& value) {
    return "{ value: " + value + " source: 'mem' confidence: ESTIMATED }";
  };
  return "import: '" + source_dir() + "/scenarios/catalog/serving.textproto'\n" +
         "orgs { name: 'operator' display: 'Operator' headquarters: 'CN' classes: 'other' }\n" +
         "sites {\n  name: 'pod' display: 'Pod' country: 'CN'\n  power_cap_mw " + figure("1") +
         "\n  pue " + figure("1.3") + "\n  idle_power_share " + figure("0.3") +
         "\n  install_days " + figure("0") + "\n" + pools + "}\n";
}

TEST_CASE("fleet: the pools of a scenario are one", "[size]") {
  const called::Folder folder;
  const auto file = folder.path() / "cluster.textproto";
  std::ofstream(file) << cluster_of(pool_of("hgx_h20", 16) + pool_of("atlas_800t_a3", 8));
  Diagnostics found;
  const auto fleet = fleet_in(file, found);
  if (!fleet) print(std::cerr, found, "cluster");
  REQUIRE(fleet);
  CHECK(*fleet == std::vector<CountedKind>{{"nv_h20_96", 16, "hgx_h20", 1.3},
                                           {"hw_ascend_910c", 8, "atlas_800t_a3", 1.3}});
}

TEST_CASE("fleet: a kind is judged in the server and at the PUE of its site", "[size]") {
  const auto held = [](const std::string& node, double pue) {
    const std::vector<CountedKind> fleet = {{"hw_ascend_910c", 8, node, pue}};
    CHECK_FALSE(complaint_of(small_question(), fleet, shipped_serving()));
    return hold_fleet(small_question(), fleet, shipped_serving()).kinds.front();
  };
  const HeldKind pod = held("cloudmatrix384", 1.1), hot = held("cloudmatrix384", 2.2);
  CHECK(pod.subject->node->name == "cloudmatrix384");
  CHECK(hot.cost.power.value == Approx(2 * pod.cost.power.value));
  CHECK(held("atlas_800t_a3", 1.1).subject->node->name == "atlas_800t_a3");
  const std::vector<CountedKind> odd = {{"hw_ascend_910c", 8, "hgx_h20"}};
  CHECK(complaint_of(small_question(), odd, shipped_serving()));
}

TEST_CASE("fleet: the rate of the question is kept where a trial at it says so", "[size]") {
  SizeQuestion question = small_question();
  const std::vector<CountedKind> fleet = {{"nv_h20_96", 4}};
  const auto keeps = [&](std::optional<double> rate) {
    question.target.rate = rate;
    return hold_fleet(question, fleet, shipped_serving()).keeps_rate;
  };
  const double held = held_by(fleet);
  CHECK(keeps(held) == true);
  CHECK(keeps(1.2 * held) == false);
  CHECK_FALSE(keeps(std::nullopt));
}

TEST_CASE("fleet: millions of replicas of two kinds are tried as a part of them", "[size]") {
  const double few = held_by({{"nv_h20_96", 32}, {"hw_ascend_910b2", 32}});
  const double many = held_by({{"nv_h20_96", 320'000}, {"hw_ascend_910b2", 320'000}});
  CHECK(many / 10'000 == Approx(few).epsilon(0.1));
}

TEST_CASE("fleet: a scenario without devices in place is none", "[size]") {
  const called::Folder folder;
  const auto file = folder.path() / "cluster.textproto";
  std::ofstream(file) << cluster_of("");
  Diagnostics found;
  CHECK_FALSE(fleet_in(file, found));
  CHECK(found.has_errors());
}

TEST_CASE("fleet: two kinds together hold nearly what both hold alone", "[size]") {
  const double h20 = held_by({{"nv_h20_96", 4}}), ascend = held_by({{"hw_ascend_910b2", 8}});
  const double both = held_by({{"nv_h20_96", 4}, {"hw_ascend_910b2", 8}});
  CHECK(both <= (h20 + ascend) * 1.05);
  CHECK(both >= (h20 + ascend) * 0.8);
}

TEST_CASE("fleet: a kind that holds nothing is no part of it, and says why", "[size]") {
  SizeQuestion question = small_question();
  question.of.model = "DeepSeek-V3";
  const HeldAnswer answer = hold_fleet(question, {{"nv_h20_96", 1}}, shipped_serving());
  CHECK_FALSE(answer.together);
  CHECK(std::get<NoFleet>(answer.kinds.front().found).why == NoFleet::Why::Memory);
}

}  // namespace
}  // namespace chokepoint
