#include "sim/trace/describe_policy.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "tests/sim/trace/small_world.hpp"

namespace chokepoint {
namespace {

template <class Event>
std::string told_of_policy(const Event& event) {
  static const World world = small_world();
  pb::Fact fact;
  tell(event, world, fact);
  return fact.ShortDebugString();
}

TEST_CASE("describe policy: a ruling names verdict, rule, paragraph and exception of both gates",
          "[trace][describe]") {
  RulingGiven ruling;
  ruling.exporter = {Verdict::PresumedDenial, RuleId{0}, std::nullopt};
  ruling.wait = 25_days;
  ruling.admitted_share = 0.0;
  CHECK(told_of_policy(ruling) ==
        R"(ruling { order: "first" device: "chip_a" exporter_verdict: PRESUMED_DENIAL )"
        R"(exporter_rule: "us_rule" exporter_clause: "3A090.a" importer_verdict: FREE )"
        R"(wait_days: 25 })");
  ruling.exporter.exception = ExceptionId{0};
  ruling.importer = {Verdict::Discouraged, RuleId{1}, std::nullopt};
  const std::string text = told_of_policy(ruling);
  CHECK(text.find(R"(exporter_exception: "us_exception")") != std::string::npos);
  CHECK(text.find(R"(importer_verdict: DISCOURAGED importer_rule: "cn_rule")") !=
        std::string::npos);
}

TEST_CASE("describe policy: an application says under what, and how it ended",
          "[trace][describe]") {
  CHECK(told_of_policy(LicenseFiled{0_s, OrderId{0}, DeviceId{0}, 7, RuleId{0}, std::nullopt,
                                    Verdict::CaseByCase, 1_days}) ==
        R"(filed { order: "first" device: "chip_a" units: 7 rule: "us_rule" )"
        R"(verdict: CASE_BY_CASE until_ns: 86400000000000 })");
  const auto outcome = [](LicenseOutcome how) {
    pb::Fact fact;
    tell(LicenseDecided{0_s, OrderId{0}, DeviceId{0}, 7, RuleId{0}, ExceptionId{0}, how},
         small_world(), fact);
    return fact.decided().outcome();
  };
  CHECK(outcome(LicenseOutcome::Granted) == pb::DecidedFact::GRANTED);
  CHECK(outcome(LicenseOutcome::Refused) == pb::DecidedFact::REFUSED);
  CHECK(outcome(LicenseOutcome::Void) == pb::DecidedFact::VOID);
}

TEST_CASE("describe policy: fees tell shares of revenue from duties", "[trace][describe]") {
  CHECK(told_of_policy(FeePaid{0_s, OrderId{0}, Country("US"), RuleId{0}, ExceptionId{0},
                               ChargeKind::Share, Usd{5.0}}) ==
        R"(fee { order: "first" government: "US" rule: "us_rule" exception: "us_exception" )"
        R"(kind: SHARE amount_usd: 5 })");
  CHECK(told_of_policy(FeePaid{0_s, OrderId{0}, Country("CN"), RuleId{1}, std::nullopt,
                               ChargeKind::Tariff, Usd{5.0}}) ==
        R"(fee { order: "first" government: "CN" rule: "cn_rule" kind: TARIFF amount_usd: 5 })");
}

TEST_CASE("describe policy: quotas and stocks are named", "[trace][describe]") {
  CHECK(told_of_policy(QuotaDrawn{0_s, QuotaId{0}, OrderId{1}, DeviceId{0}, 3, 4}) ==
        R"(quota_drawn { order: "second" device: "chip_a" units: 3 quota: "us_quota" left: 4 })");
  CHECK(told_of_policy(StockWrittenOff{0_s, SupplyId{0}, DeviceId{0}, 3, Usd{9.0}, RuleId{0}}) ==
        R"(written_off { supply: "line_a" device: "chip_a" units: 3 value_usd: 9 )"
        R"(rule: "us_rule" })");
}

}  // namespace
}  // namespace chokepoint
