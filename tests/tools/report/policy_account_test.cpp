#include "tools/report/policy_account.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

const Date kDay = *parse_date("2025-06-15");

TEST_CASE("policy account: every application that is decided was filed", "[report][policy]") {
  PolicyAccount account;
  const auto decided = [&](pb::DecidedFact::Outcome outcome, double units) {
    pb::Fact fact;
    fact.mutable_decided()->set_order("o");
    fact.mutable_decided()->set_units(units);
    fact.mutable_decided()->set_outcome(outcome);
    add_policy(fact, kDay, account);
  };
  pb::Fact filed;
  filed.mutable_filed()->set_order("o");
  filed.mutable_filed()->set_units(60);
  add_policy(filed, kDay, account);
  decided(pb::DecidedFact::GRANTED, 30);
  decided(pb::DecidedFact::REFUSED, 20);
  decided(pb::DecidedFact::VOID, 10);
  REQUIRE(account.licenses.size() == 1);
  const LicenseMonth& month = account.licenses.begin()->second;
  CHECK(month.granted == 30.0);
  CHECK(month.filed == month.granted + month.refused + month.lapsed);
}

TEST_CASE("policy account: facts of others leave it alone", "[report][policy]") {
  PolicyAccount account;
  pb::Fact fact;
  fact.mutable_delivered()->set_units(5);
  add_policy(fact, kDay, account);
  add_policy(pb::Fact(), kDay, account);
  CHECK(account.rulings.empty());
  CHECK(account.licenses.empty());
  CHECK(account.quotas.empty());
  CHECK(account.fees_usd.empty());
  CHECK(account.adaptations.empty());
}

}  // namespace
}  // namespace chokepoint
