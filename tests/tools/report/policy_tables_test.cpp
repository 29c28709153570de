#include "tools/report/run_tables.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "tests/tools/report/made_runs.hpp"

namespace chokepoint::policy_tables_test {
namespace {

using namespace made;

const Seconds kJune = at("2025-06-15"), kJuly = at("2025-07-01");

std::string table_of(const PolicyAccount& account, const std::string& name) {
  for (const auto& table : policy_tables(account)) {
    if (table.name() == name) return to_csv(table);
  }
  return "no such table";
}

TEST_CASE("policy tables: applications are counted where they are filed and where decided",
          "[report][policy]") {
  PolicyAccount account(world());
  account.record(
      LicenseFiled{kJune, OrderId{0}, DeviceId{0}, 100, RuleId{0}, std::nullopt, {}, kJuly});
  account.record(LicenseDecided{kJuly, OrderId{0}, DeviceId{0}, 100, RuleId{0}, std::nullopt,
                                LicenseOutcome::Refused});
  CHECK(table_of(account, "licenses") ==
        "month,order,device,rule,exception,filed_packages,granted_packages,refused_packages,"
        "void_packages\n"
        "2025-06,h20_national,h20,letter,,100,0,0,0\n"
        "2025-07,h20_national,h20,letter,,0,0,100,0\n");
}

TEST_CASE("policy tables: a quota's month has what left, what waits and what is left",
          "[report][policy]") {
  PolicyAccount account(world());
  for (const double left : {30.0, 5.0}) {
    account.record(QuotaDrawn{kJune, QuotaId{0}, OrderId{0}, DeviceId{0}, 25, left});
  }
  account.record(QuotaExhausted{kJune, QuotaId{0}, OrderId{0}, DeviceId{0}, 7});
  CHECK(table_of(account, "quotas") ==
        "month,quota,device,drawn_packages,waiting_packages,left_packages\n"
        "2025-06,half,h20,50,7,5\n");
}

TEST_CASE("policy tables: fees of one rule add up over a month", "[report][policy]") {
  PolicyAccount account(world());
  FeePaid fee{kJune,          OrderId{0},        Country("US"), RuleId{0},
              ExceptionId{0}, ChargeKind::Share, Usd{1.5e6}};
  account.record(fee);
  account.record(fee);
  fee.time = kJuly;
  fee.kind = ChargeKind::Tariff;
  account.record(fee);
  CHECK(table_of(account, "fees") ==
        "month,order,government,kind,rule,exception,fee_usd\n"
        "2025-06,h20_national,US,share,letter,license,3000000\n"
        "2025-07,h20_national,US,tariff,letter,license,1500000\n");
}

TEST_CASE("policy tables: rulings and adaptations come in order of time", "[report][policy]") {
  PolicyAccount account(world());
  RulingGiven ruling;
  ruling.time = kJune;
  ruling.exporter = {Verdict::Informed, RuleId{0}, std::nullopt};
  ruling.admitted_share = 0.0;
  ruling.wait = 25_days;
  account.record(ruling);
  account.record(StockWrittenOff{kJune, SupplyId{0}, DeviceId{0}, 3, Usd{36000}, RuleId{0}});
  account.record(DeliveryPulled{kJuly, OrderId{0}, DeviceId{0}, 9, RuleId{2}, kJuly, kJune});
  account.record(StockRestored{kJuly, SupplyId{0}, DeviceId{0}, 2, Usd{24000}});
  account.record(ShipmentSeized{kJuly, OrderId{0}, DeviceId{0}, 1, RuleId{1}});
  CHECK(table_of(account, "rulings")
            .find("\n2025-06-15,h20_national,h20,INFORMED,letter,,,FREE,,,,0,0,25,0\n") !=
        std::string::npos);
  CHECK(table_of(account, "adaptations") ==
        "date,what,subject,device,packages,value_usd,rule\n"
        "2025-06-15,written_off,line,h20,3,36000,letter\n"
        "2025-07-01,brought_forward,h20_national,h20,9,0,later\n"
        "2025-07-01,restored,line,h20,2,24000,\n"
        "2025-07-01,seized,h20_national,h20,1,0,guidance\n");
}

}  // namespace
}  // namespace chokepoint::policy_tables_test
