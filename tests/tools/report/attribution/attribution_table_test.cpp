#include <catch2/catch.hpp>

#include "tests/tools/report/attribution/made_attribution.hpp"
#include "tools/report/attribution/attribution_report.hpp"

namespace chokepoint::attribution_table_test {
namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST_CASE("attribution table: every part with its unit, error and share",
          "[history][attribution]") {
  const std::string csv = attribution_csv(made_attribution(), {2024, 2025});
  CHECK(
      csv.starts_with("run,baseline,year,indicator,subject,unit,baseline_value,value,difference,"
                      "kind,cause,government,held_back_usd,part,standard_error,"
                      "share_of_difference\n"));
  const std::string in_2025 = "other,base,2025,delivered,mainland/*,packages,1000,5000,4000,";
  CHECK(has(csv, in_2025 + "change,rules[r],,,3000,0,0.75\n"));
  CHECK(has(csv, in_2025 + "change,rules[s],,,1000,0,0.25\n"));
  CHECK(has(csv, in_2025 + "remainder,,,,0,,0\n"));
  CHECK(has(csv, in_2025 + "rule,r,US,0,2000,,0.5\n"));
  const std::string in_2024 = "other,base,2024,delivered,mainland/*,packages,1000,1000,0,";
  CHECK(has(csv, in_2024 + "change,rules[r],,,0,0,\n"));
  CHECK(has(csv, in_2024 + "shortage,memory,,0,0,,\n"));
}

TEST_CASE("attribution table: JSON has what a lever changes and how its part was found",
          "[history][attribution]") {
  const std::string json = attribution_json(made_attribution(), {2025});
  CHECK(has(json, "\"schema\": \"chokepoint.attribution/2\""));
  CHECK(has(json, "\"is_exact\": true"));
  CHECK(has(json, "\"sets\": 4"));
  CHECK(has(json, "\"rules[r].effective\""));
  CHECK(has(json, "\"part\": 3000"));
  CHECK(has(json, "\"standard_error\": 0"));
  CHECK(has(json, "\"share_of_difference\": 0.75"));
}

}  // namespace
}  // namespace chokepoint::attribution_table_test
