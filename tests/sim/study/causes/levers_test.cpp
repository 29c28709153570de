#include "sim/study/causes/levers.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/sim/study/small_history.hpp"

namespace chokepoint::levers_test {
namespace {

using Names = std::vector<std::string>;

pb::Scenario small() {
  return small_history().scenario;
}

Names names(const std::vector<Lever>& levers) {
  Names all;
  for (const Lever& lever : levers) all.push_back(lever.name);
  return all;
}

Names paths_of(const std::vector<Lever>& levers) {
  Names all;
  for (const Lever& lever : levers) all.insert(all.end(), lever.paths.begin(), lever.paths.end());
  std::ranges::sort(all);
  return all;
}

void add_rule(pb::Scenario& scenario, const std::string& name, const std::string& government,
              pb::Category category) {
  pb::Rule& rule = *scenario.add_rules();
  rule.set_name(name);
  rule.set_government(government);
  if (category != pb::CHIP) rule.add_categories(category);
}

/// Five rules on chips, three on tools of two governments, one on memory; two offers and a seed.
pb::Scenario many_parts() {
  pb::Scenario scenario;
  for (const std::string name : {"c1", "c2", "c3", "c4", "c5"}) {
    add_rule(scenario, name, "US", pb::CHIP);
  }
  add_rule(scenario, "t1", "US", pb::EQUIPMENT);
  add_rule(scenario, "t2", "US", pb::EQUIPMENT);
  add_rule(scenario, "t3", "NL", pb::EQUIPMENT);
  add_rule(scenario, "m1", "US", pb::HBM);
  scenario.add_offers()->set_name("o1");
  scenario.add_offers()->set_name("o2");
  scenario.set_seed(1);
  return scenario;
}

pb::Scenario many_changed() {
  pb::Scenario scenario = many_parts();
  for (pb::Rule& rule : *scenario.mutable_rules()) rule.set_enabled(false);
  for (pb::Offer& offer : *scenario.mutable_offers()) offer.set_captive_only(true);
  scenario.set_seed(2);
  return scenario;
}

TEST_CASE("levers: none between alike, whatever they are called", "[history][levers]") {
  pb::Scenario other = small();
  other.set_name("other");
  CHECK(levers_between(small(), other, 10).empty());
}

TEST_CASE("levers: what is changed inside one element is one", "[history][levers]") {
  pb::Scenario other = small();
  other.mutable_rules(0)->set_enabled(false);
  other.mutable_rules(0)->set_effective("2025-05-01");
  other.set_seed(8);
  const auto levers = levers_between(small(), other, 10);
  CHECK(names(levers) == Names{"seed", "rules[us_letter]"});
  CHECK(levers[1].paths.size() == 2);
}

// A bill without its offer is no more than an offer that is gone.
TEST_CASE("levers: elements go with those that name them", "[history][levers]") {
  pb::Scenario other = small();
  other.mutable_offers()->DeleteSubrange(1, 1);  // east_npu
  other.mutable_bills()->DeleteSubrange(0, 1);   // east_npu
  other.mutable_offers()->DeleteSubrange(1, 1);  // cloud_asic, by itself
  const auto levers = levers_between(small(), other, 10);
  REQUIRE(levers.size() == 2);
  CHECK(levers[0].paths.size() + levers[1].paths.size() == 3);
}

TEST_CASE("levers: the largest groups become one until few enough are left", "[levers]") {
  const auto at_most = [](std::size_t most) {
    return names(levers_between(many_parts(), many_changed(), most));
  };
  CHECK(at_most(12).size() == 12);
  CHECK(at_most(8) == Names{"seed", "US rules on CHIP", "rules[t1]", "rules[t2]", "rules[t3]",
                            "rules[m1]", "offers[o1]", "offers[o2]"});
  CHECK(at_most(6) == Names{"seed", "US rules on CHIP", "US rules on EQUIPMENT", "rules[t3]",
                            "rules[m1]", "offers"});
  CHECK(at_most(5) ==
        Names{"seed", "US rules on CHIP", "rules on EQUIPMENT", "rules[m1]", "offers"});
  CHECK(at_most(4) == Names{"US rules on CHIP", "rules on EQUIPMENT", "offers", "other changes"});
  CHECK(at_most(2) == Names{"US rules on CHIP", "other changes"});
  CHECK(at_most(1) == Names{"other changes"});
}

TEST_CASE("levers: rules that list parties are apart, others go by their first category",
          "[levers]") {
  pb::Scenario base, other;
  for (const std::string name : {"a", "b", "c", "d"}) add_rule(base, name, "US", pb::FOUNDRY);
  base.mutable_rules(0)->set_lists_parties(true);
  base.mutable_rules(1)->set_lists_parties(true);
  base.mutable_rules(2)->add_categories(pb::CHIP);
  base.mutable_rules(3)->set_categories(0, pb::CHIP);
  other = base;
  for (pb::Rule& rule : *other.mutable_rules()) rule.set_enabled(false);
  CHECK(names(levers_between(base, other, 2)) ==
        Names{"US rules that list parties", "US rules on CHIP"});
}

TEST_CASE("levers: every change is of one lever, however few they are", "[levers]") {
  const auto all = paths_of(levers_between(many_parts(), many_changed(), kMostLevers));
  for (std::size_t most = 1; most <= 13; ++most) {
    const auto levers = levers_between(many_parts(), many_changed(), most);
    CHECK(levers.size() <= most);
    CHECK(paths_of(levers) == all);
  }
}

TEST_CASE("levers: none applied is the baseline, all is the other, one is itself alone",
          "[levers]") {
  const auto base = many_parts(), other = many_changed();
  const auto levers = levers_between(base, other, 5);
  const auto with = [&](LeverSet set) { return with_levers(base, other, levers, set); };
  CHECK(with(0).SerializeAsString() == base.SerializeAsString());
  CHECK(with(all_of(5)).SerializeAsString() == other.SerializeAsString());
  const auto tools = with(0b00100);
  CHECK(tools.seed() == base.seed());
  for (const pb::Rule& rule : tools.rules()) CHECK(rule.has_enabled() == (rule.name()[0] == 't'));
}

TEST_CASE("levers: those that are made one keep their names", "[levers]") {
  const Lever a{"a", {"a.x", "a.y"}, {}}, b{"b", {"b"}, {}}, c{"c", {"c"}, {}};
  const Lever one = inseparable_lever({inseparable_lever({a, b}), c});
  CHECK(one.name == "a + b + c");
  CHECK(one.paths == Names{"a.x", "a.y", "b", "c"});
  CHECK(one.inseparable == Names{"a", "b", "c"});
}

}  // namespace
}  // namespace chokepoint::levers_test
