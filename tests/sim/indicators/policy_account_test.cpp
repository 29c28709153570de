#include "sim/indicators/policy_account.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/indicators/made_events.hpp"

namespace chokepoint::policy_account_test {
namespace {

TEST_CASE("policy account: every application that is decided was filed", "[indicators][policy]") {
  PolicyAccount account(made::world());
  const Seconds june = made::at("2025-06-15");
  const auto decide = [&](LicenseOutcome outcome, double units) {
    account.record(
        LicenseDecided{june, OrderId{0}, DeviceId{0}, units, RuleId{0}, std::nullopt, outcome});
  };
  account.record(
      LicenseFiled{june, OrderId{0}, DeviceId{0}, 60, RuleId{0}, std::nullopt, {}, june});
  decide(LicenseOutcome::Granted, 30);
  decide(LicenseOutcome::Refused, 20);
  decide(LicenseOutcome::Void, 10);
  REQUIRE(account.licenses.size() == 1);
  const LicenseMonth& month = account.licenses.begin()->second;
  CHECK(month.granted == 30.0);
  CHECK(month.filed == month.granted + month.refused + month.lapsed);
}

TEST_CASE("policy account: facts of others leave it alone", "[indicators][policy]") {
  PolicyAccount account(made::world());
  account.record(made::delivered("2025-06-15", 5));
  account.record(RunEnded{});
  CHECK(account.rulings.empty());
  CHECK(account.licenses.empty());
  CHECK(account.quotas.empty());
  CHECK(account.fees_usd.empty());
  CHECK(account.adaptations.empty());
}

}  // namespace
}  // namespace chokepoint::policy_account_test
