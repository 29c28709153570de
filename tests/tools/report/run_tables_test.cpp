#include "tools/report/run_tables.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "tests/tools/report/made_runs.hpp"

namespace chokepoint::run_tables_test {
namespace {

using namespace made;

std::string table_of(const std::vector<TraceEvent>& facts, const std::string& name) {
  for (const auto& table : run_tables(account(facts))) {
    if (table.name() == name) return to_csv(table);
  }
  FAIL("no table " << name);
  return "";
}

TEST_CASE("run_tables: deliveries have a row per month, order, device and substitution",
          "[report][tables]") {
  CHECK(table_of(two_months(), "deliveries") ==
        "month,order,device,substitute,ordered_packages,short_packages,filed_packages,"
        "sent_packages,delivered_packages,refused_packages,revenue_usd,government_receipts_usd,"
        "refused_usd\n"
        "2025-03,h20_national,h20,false,1000,0,0,0,600,0,0,0,0\n"
        "2025-04,h20_national,h20,false,1000,0,0,0,400,1000,0,0,12000000\n");
}

TEST_CASE("run_tables: refusals name both rules and what was lost", "[report][tables]") {
  const std::string text = table_of({refused("2025-04-15", 10, Gate::Both)}, "refusals");
  CHECK(text.find("\n2025-04,h20,US+CN,letter,guidance,10,0,120000,5,2.5,10,peak,peak,"
                  "bandwidth\n") != std::string::npos);
}

TEST_CASE("run_tables: counters become columns, in the header's unit", "[report][tables]") {
  CHECK(table_of({sampled("2025-02-01", Counter::SitePower, "north", 5e6),
                  sampled("2025-02-01", Counter::SiteEnergy, "north", 3.6e12),
                  sampled("2025-03-01", Counter::SiteEnergy, "north", 7.2e12)},
                 "sites") ==
        "date,site,power_mw,energy_since_start_gwh\n"
        "2025-02-01,north,5,1\n"
        "2025-03-01,north,,2\n");
}

TEST_CASE("run_tables: compute says site, pool and device", "[report][tables]") {
  const std::string text =
      table_of({sampled("2025-02-01", Counter::DevicesInstalled, "north/h20", 8)}, "compute");
  CHECK(text.find("\n2025-02-01,north,h20,h20,8,,,,,,,,,\n") != std::string::npos);
}

TEST_CASE("run_tables: stocks say where, whose, under what status", "[report][tables]") {
  ShipmentDelivered fact = delivered("2025-02-01", 8);
  fact.stock.user = OrgId{3};
  fact.stock.status = LegalStatus::Licensed;
  CHECK(table_of({fact}, "stocks")
            .find("\nh20,CN,north/h20,alibaba,lab,mixed,licensed,merchant,8\n") !=
        std::string::npos);
}

TEST_CASE("run_tables: a run without facts has headers alone", "[report][tables]") {
  for (const auto& table : run_tables(account({}))) {
    CHECK(to_csv(table).find('\n') == to_csv(table).size() - 1);
  }
}

}  // namespace
}  // namespace chokepoint::run_tables_test
