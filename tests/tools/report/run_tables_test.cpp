#include "tools/report/run_tables.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "tests/tools/report/made_runs.hpp"

namespace chokepoint::run_tables_test {
namespace {

using namespace made;

std::string table_of(const std::vector<TimedFact>& facts, const std::string& name) {
  for (const auto& table : run_tables(account(manifest(), facts))) {
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
  const std::string text = table_of({refused("2025-04-15", 10, pb::BOTH)}, "refusals");
  CHECK(text.find("\n2025-04,h20,US+CN,letter,guidance,10,0,120000,5,2.5,10,peak,peak,"
                  "bandwidth\n") != std::string::npos);
}

TEST_CASE("run_tables: counters become columns, in the header's unit", "[report][tables]") {
  CHECK(table_of({sampled("2025-02-01", "site_power", "north", 5e6),
                  sampled("2025-02-01", "site_energy", "north", 3.6e12),
                  sampled("2025-03-01", "site_energy", "north", 7.2e12)},
                 "sites") ==
        "date,site,power_mw,energy_since_start_gwh\n"
        "2025-02-01,north,5,1\n"
        "2025-03-01,north,,2\n");
}

TEST_CASE("run_tables: compute says site, pool and device", "[report][tables]") {
  const std::string text =
      table_of({sampled("2025-02-01", "devices_installed", "north/h20", 8)}, "compute");
  CHECK(text.find("\n2025-02-01,north,h20,h20,8,,,,,,,,,\n") != std::string::npos);
}

TEST_CASE("run_tables: stocks say where, whose, under what status", "[report][tables]") {
  auto fact = delivered("2025-02-01", 8);
  fact.fact.mutable_delivered()->set_location("CN");
  fact.fact.mutable_delivered()->set_pool("north/h20");
  fact.fact.mutable_delivered()->set_owner("alibaba");
  fact.fact.mutable_delivered()->set_user("lab");
  fact.fact.mutable_delivered()->set_status("licensed");
  CHECK(table_of({fact}, "stocks").find("\nh20,CN,north/h20,alibaba,lab,,licensed,,8\n") !=
        std::string::npos);
}

TEST_CASE("run_tables: a run without facts has headers alone", "[report][tables]") {
  for (const auto& table : run_tables(account(manifest(), {}))) {
    CHECK(to_csv(table).find('\n') == to_csv(table).size() - 1);
  }
}

}  // namespace
}  // namespace chokepoint::run_tables_test
