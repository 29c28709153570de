#include "models/policy/reason.hpp"

#include <catch2/catch.hpp>

#include "models/policy/rule.hpp"
#include "tests/models/policy/shipments.hpp"

namespace chokepoint {
namespace {

TEST_CASE("reasons: one for each condition, with the number put in", "[policy][reason]") {
  Predicate predicate = bounded(Attribute::Tpp, Comparison::AtLeast, 2400);
  predicate.bounds.push_back({Attribute::DesignedForDatacenter, Comparison::Is, 1.0});
  Predicate density = bounded(Attribute::PerformanceDensity, Comparison::AtLeast, 1.6);
  density.clause = "3A090.b.1";
  predicate.any_of = {density, Predicate{}};
  const auto found = reasons(predicate, item_of(kH20, h20(), kUs));
  REQUIRE(found.size() == 3);
  CHECK(found[0].kind == Condition::Kind::Bound);
  CHECK(found[0].bound.threshold == 2400);
  CHECK_FALSE(found[0].holds);
  CHECK(found[1].bound.attribute == Attribute::DesignedForDatacenter);
  CHECK(found[1].holds);
  REQUIRE(found[2].kind == Condition::Kind::AnyOf);
  REQUIRE(found[2].branches.size() == 2);
  CHECK(found[2].branches[0].predicate->clause == "3A090.b.1");
  CHECK(found[2].branches[0].branches[0].bound.threshold == 1.6);
}

TEST_CASE("reasons: say what is not known", "[policy][reason]") {
  Predicate predicate = bounded(Attribute::PerformanceDensity, Comparison::AtLeast, 1.6);
  predicate.bounds.push_back({Attribute::HasHbm, Comparison::Is, 1.0});
  const auto found = reasons(predicate, Item{});
  REQUIRE(found.size() == 2);
  CHECK_FALSE(found[0].known);
  CHECK_FALSE(found[0].holds);
  CHECK_FALSE(found[1].known);
}

TEST_CASE("reasons: none of them may hold under none_of", "[policy][reason]") {
  Predicate predicate;
  predicate.none_of = {bounded(Attribute::Tpp, Comparison::AtLeast, 2400)};
  const auto found = reasons(predicate, item_of(kH20, h20(), kUs));
  REQUIRE(found.size() == 1);
  CHECK(found[0].holds);
  CHECK_FALSE(found[0].branches[0].holds);
}

using Kinds = std::vector<Condition::Kind>;

Kinds kinds_of(const std::vector<Reason>& reasons) {
  Kinds kinds;
  for (const Reason& reason : reasons) kinds.push_back(reason.kind);
  return kinds;
}

TEST_CASE("reasons: a party that is not known meets no condition", "[policy][reason]") {
  PartyTest test;
  CHECK(reasons(test, nullptr, today()).empty());
  test.headquarters = {kCn};
  test.none_of.resize(1);
  test.none_of[0].orgs = {kBuyer};
  const auto found = reasons(test, nullptr, today());
  CHECK(kinds_of(found) == Kinds{Condition::Kind::Headquarters, Condition::Kind::NoneOf});
  for (const Reason& reason : found) CHECK_FALSE((reason.holds || reason.known));
  CHECK_FALSE(matches(test, nullptr, today()));
}

TEST_CASE("reasons: a rule asks for what it limits, and whether its government has a say",
          "[policy][reason]") {
  using Kind = Condition::Kind;
  Rule rule = rule_of(kUs, Verdict::Prohibited, 0);
  const Kinds always = {Kind::Enabled, Kind::Category, Kind::InForce, Kind::Jurisdiction,
                        Kind::Item};
  CHECK(kinds_of(reasons(rule, h20_to_china(), today())) == always);
  rule.destinations = {kCn};
  rule.buyer.headquarters = {kSg};
  rule.exported_from_except = {kUs};
  Shipment shipment = h20_to_china();
  shipment.state = ShipmentState::Installed;
  const auto found = reasons(rule, shipment, today());
  CHECK(kinds_of(found) == Kinds{Kind::Enabled, Kind::Category, Kind::InForce, Kind::Jurisdiction,
                                 Kind::Origin, Kind::Installed, Kind::Destination, Kind::Buyer,
                                 Kind::Item});
  CHECK_FALSE(found[4].holds);
  CHECK_FALSE(found[5].holds);
  CHECK(found[6].holds);
  CHECK_FALSE(found[7].holds);
}

TEST_CASE("reasons: of destination and buyer anywhere one is enough", "[policy][reason]") {
  Rule rule = rule_of(kUs, Verdict::Prohibited, 0);
  rule.destinations = {kSg};
  rule.buyer.headquarters = {kCn};
  rule.buyer_anywhere = true;
  const auto found = reasons(rule, h20_to_china(), today());
  REQUIRE(found[4].kind == Condition::Kind::AnyOf);
  CHECK(found[4].holds);
  REQUIRE(found[4].branches.size() == 2);
  CHECK_FALSE(found[4].branches[0].holds);
  CHECK(found[4].branches[1].holds);
}

}  // namespace
}  // namespace chokepoint
