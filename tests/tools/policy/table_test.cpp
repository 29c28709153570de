#include "tools/policy/tables.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/tools/small_policy.hpp"

namespace chokepoint {
namespace {

TEST_CASE("policy table: a row per chip, judged by both governments", "[policy]") {
  const PolicyBook book = small_policy();
  ShipmentRoute route;
  route.buyer = id_of<OrgId>(book.world.orgs, "lab");
  const Table table = policy_table(book, route, day("2025-10-01"));
  REQUIRE(table.rows().size() == 3);  // The memory stack is none.
  const std::string csv = to_csv(table);
  CHECK(has(csv, ",PRESUMED_DENIAL,0,DISCOURAGED,0,PRESUMED_DENIAL,us_scores,a.1,,false\n"));
  CHECK(has(csv, ",FREE,1,FREE,1,FREE,,,,false\n"));
  route.category = Category::Hbm;
  CHECK(policy_table(book, route, day("2025-10-01")).rows().size() == 1);
}

TEST_CASE("policy table: for people and for files alike", "[policy]") {
  const PolicyBook book = small_policy();
  const Table table = policy_table(book, {}, day("2025-06-01"));
  const std::string text = to_text(table);
  CHECK(has(text, "west_big  2023-01-01    5000     6.25    2000     -  license: denial"));
  CHECK(has(text, "not released"));
  const std::string csv = to_csv(table);
  CHECK(std::count(csv.begin(), csv.end(), '\n') == 4);
  CHECK(has(csv,
            "west_mid,west_mid,2025-07-01,2399.5,3.199333333333333,4000,900,INFORMED,0,FREE,1,"
            "INFORMED,us_memory,,,true"));
  CHECK(has(to_json(table).text(), "\"us_verdict\": \"INFORMED\""));
}

}  // namespace
}  // namespace chokepoint
