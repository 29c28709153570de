#include "models/policy/party.hpp"

#include <catch2/catch.hpp>

#include "tests/models/policy/shipments.hpp"

namespace chokepoint {
namespace {

// A test that asks for what is given; the rest is unset.
PartyTest test_of(CountrySet headquarters, std::vector<OrgId> orgs,
                  std::vector<BuyerClassId> classes) {
  PartyTest test;
  test.headquarters = headquarters;
  test.orgs = std::move(orgs);
  test.classes = std::move(classes);
  return test;
}

TEST_CASE("party test: every condition written must hold", "[policy][party]") {
  const Party party{kBuyer, kCn, {BuyerClassId{4}, kCloud}, {}};
  const auto passes = [&](const PartyTest& test) { return matches(test, party, today()); };
  CHECK(passes({}));
  CHECK(passes(test_of({kUs, kCn}, {}, {})));
  CHECK_FALSE(passes(test_of({kUs}, {}, {})));
  CHECK(passes(test_of({}, {OrgId{9}, kBuyer}, {})));
  CHECK_FALSE(passes(test_of({}, {OrgId{9}}, {})));
  CHECK(passes(test_of({}, {}, {BuyerClassId{8}, kCloud})));
  CHECK_FALSE(passes(test_of({}, {}, {BuyerClassId{8}})));
  CHECK(passes(test_of({kCn}, {kBuyer}, {kCloud})));
  CHECK_FALSE(passes(test_of({kUs}, {kBuyer}, {kCloud})));
  CHECK_FALSE(passes(test_of({kCn}, {OrgId{9}}, {kCloud})));
  CHECK_FALSE(passes(test_of({kCn}, {kBuyer}, {BuyerClassId{8}})));
}

TEST_CASE("party test: headquarters are its own or its ultimate parent's", "[policy][party]") {
  const Party subsidiary{OrgId{1}, kSg, {}, kCn};
  CHECK(matches(test_of({kCn}, {}, {}), subsidiary, today()));
  CHECK(matches(test_of({kSg}, {}, {}), subsidiary, today()));
  CHECK_FALSE(matches(test_of({kUs}, {}, {}), subsidiary, today()));
}

TEST_CASE("party test: none_of leaves parties out", "[policy][party]") {
  PartyTest test = test_of({kCn}, {}, {});
  test.none_of = {test_of({}, {}, {kCloud})};
  CHECK_FALSE(matches(test, {kBuyer, kCn, {kCloud}, {}}, today()));
  CHECK(matches(test, {kBuyer, kCn, {}, {}}, today()));
}

TEST_CASE("party test: somebody unknown is no org and in no class", "[policy][party]") {
  const Party unknown{{}, kCn, {}, {}};
  CHECK(matches(test_of({kCn}, {}, {}), unknown, today()));
  CHECK_FALSE(matches(test_of({}, {kBuyer}, {}), unknown, today()));
  CHECK_FALSE(matches(test_of({}, {}, {kCloud}), unknown, today()));
}

TEST_CASE("party test: owned by listed parties from the day on which they are", "[policy][party]") {
  PartyTest test;
  test.owned_by_listed_at_least = 0.5;
  test.owned = {{day("2025-01-01"), {OrgId{2}}}, {day("2025-06-01"), {OrgId{2}, kBuyer}}};
  const Party buyer{kBuyer, kCn, {}, {}};
  CHECK_FALSE(test.empty());
  CHECK_FALSE(matches(test, buyer, day("2024-12-31")));
  CHECK_FALSE(matches(test, buyer, day("2025-05-31")));
  CHECK(matches(test, buyer, day("2025-06-01")));
  CHECK_FALSE(matches(test, {{}, kCn, {}, {}}, day("2025-06-01")));
}

}  // namespace
}  // namespace chokepoint
