#include "tools/policy/table.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/tools/small_policy.hpp"

namespace chokepoint {
namespace {

TEST_CASE("policy table: a row per chip, judged by both governments", "[policy]") {
  const PolicyBook book = small_policy();
  Way way;
  way.buyer = id_of<OrgId>(book.world.orgs, "lab");
  const auto rows = policy_table(book, way, day("2025-10-01"));
  REQUIRE(rows.size() == 3);  // The memory stack is none.
  CHECK(rows[0].us.verdict == Verdict::PresumedDenial);
  CHECK(rows[0].cn.verdict == Verdict::Discouraged);
  CHECK(rows[0].overall.verdict == Verdict::PresumedDenial);
  CHECK(rows[0].clause == "a.1");
  CHECK(rows[2].overall.verdict == Verdict::Free);
  way.category = Category::Hbm;
  CHECK(policy_table(book, way, day("2025-10-01")).size() == 1);
}

TEST_CASE("policy table: text, CSV and JSON hold the same rows", "[policy]") {
  const PolicyBook book = small_policy();
  const auto rows = policy_table(book, {}, day("2025-06-01"));
  const std::string text = table_text(rows, book.world);
  CHECK(has(text, "west_big  2023-01-01    5000     6.25    2000     -  license: denial"));
  CHECK(has(text, "not released"));
  const std::string csv = table_csv(rows, book.world);
  CHECK(std::count(csv.begin(), csv.end(), '\n') == 4);
  CHECK(has(csv,
            "west_mid,west_mid,2025-07-01,2399.5,3.199333333333333,4000,900,INFORMED,0,FREE,1,"
            "INFORMED,us_memory,,,true"));
  const std::string json = table_json(rows, book.world, day("2025-06-01"));
  CHECK(has(json, "\"schema\": \"chokepoint.policy.table/1\""));
  CHECK(has(json, "\"us_verdict\": \"INFORMED\""));
}

}  // namespace
}  // namespace chokepoint
