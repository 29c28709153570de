#include "tools/report/reasons_text.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

void refuse(RunAccount& run, const RefusalKey& key, double units, double value_usd) {
  run.refusals[key].units = units;
  run.refusals[key].value_usd = value_usd;
}

RunAccount short_account() {
  RunAccount run;
  DeliveryMonth& wanted = run.deliveries[{"2025-06", "a/h20", "h20", false}];
  wanted.ordered = 100.0;
  wanted.short_of_supply = 10.0;
  DeliveryMonth& had = run.deliveries[{"2025-06", "a/npu", "npu", false}];
  had.ordered = had.delivered = 50.0;
  refuse(run, {"2025-06", "h20", "US", "us_letter", ""}, 60.0, 7.5e9);
  refuse(run, {"2025-06", "h20", "CN", "", "cn_stop"}, 30.0, 3.75e8);
  refuse(run, {"2025-07", "h20", "US", "us_later", ""}, 500.0, 6e9);
  run.bounds.push_back({"2025-06", "h20", "package", "cowos", 40.0, 0.93});
  return run;
}

TEST_CASE("reasons: rules and shortages of the month, greatest first", "[report][why]") {
  const auto text = reasons_text(short_account(), {"h20", "2025-06"});
  REQUIRE(text);
  CHECK(text->find("100 packages ordered, 0 delivered") != std::string::npos);
  const auto letter = text->find("us_letter"), stop = text->find("cn_stop");
  const auto shortage = text->find("shortage of package");
  REQUIRE(shortage != std::string::npos);
  CHECK(letter < stop);
  CHECK(stop < shortage);
  CHECK(text->find("one more unit of cowos is 0.93 more") != std::string::npos);
  CHECK(text->find("us_later") == std::string::npos);
}

TEST_CASE("reasons: a year is that of its months", "[report][why]") {
  RunAccount run = short_account();
  run.deliveries[{"2025-08", "a/h20", "h20", false}].short_of_supply = 5.0;
  run.bounds.push_back({"2025-08", "h20", "package", "cowos", 60.0, 2.5});
  run.bounds.push_back({"2026-01", "h20", "package", "cowos", 1e6, 9.0});
  const auto text = reasons_text(run, {"h20", "2025"});
  REQUIRE(text);
  CHECK(text->find("us_later") != std::string::npos);
  CHECK(text->find("h20, made 100 in 2 months; one more unit of cowos is up to 2.5 more") !=
        std::string::npos);
  const auto row = text->substr(text->find("shortage of package"));
  CHECK(row.find(" 15 ") < row.find('\n'));
}

TEST_CASE("reasons: what nothing held back says so, and who is unknown has none", "[report][why]") {
  CHECK(reasons_text(short_account(), {"npu", "2025-06"})->find("nothing held it back") !=
        std::string::npos);
  CHECK_FALSE(reasons_text(short_account(), {"tpu", "2025-06"}));
}

}  // namespace
}  // namespace chokepoint
