#include "tools/report/why.hpp"

#include <catch2/catch.hpp>

#include "tests/tools/report/made_runs.hpp"

namespace chokepoint::reasons_text_test {
namespace {

using namespace made;

ShipmentRefused refused_under(const std::string& date, RuleId exporter_rule, double units) {
  ShipmentRefused later = refused(date, units);
  later.exporter_rule = exporter_rule;
  return later;
}

std::vector<TraceEvent> short_of_much() {
  return {due("2025-06-03", 100),
          short_of_supply("2025-06-03", 10, "h20"),
          due("2025-06-03", 50, "910c", "910c_national"),
          delivered("2025-06-03", 50, "910c", false, "910c_national"),
          refused("2025-06-04", 60),
          refused("2025-06-05", 30, Gate::Importer),
          refused_under("2025-07-01", RuleId{2}, 500),
          bottleneck("2025-06-01", 40)};
}

TEST_CASE("reasons: rules and shortages of the month, greatest first", "[report][why]") {
  const auto text = reasons_text(account(short_of_much()), {"h20", "2025-06"});
  REQUIRE(text);
  CHECK(text->find("100 packages ordered, 0 delivered") != std::string::npos);
  const auto letter = text->find("letter"), stop = text->find("guidance");
  const auto shortage = text->find("shortage of package");
  REQUIRE(shortage != std::string::npos);
  CHECK(letter < stop);
  CHECK(stop < shortage);
  CHECK(text->find("one more unit of cowos is 0.93 more") != std::string::npos);
  CHECK(text->find("later") == std::string::npos);
}

TEST_CASE("reasons: a year is that of its months", "[report][why]") {
  auto facts = short_of_much();
  facts.push_back(short_of_supply("2025-08-05", 5, "h20"));
  facts.push_back(bottleneck("2025-08-01", 60, 2.5));
  facts.push_back(bottleneck("2026-01-01", 1e6, 9.0));
  const auto text = reasons_text(account(facts), {"h20", "2025"});
  REQUIRE(text);
  CHECK(text->find("later") != std::string::npos);
  CHECK(text->find("h20, made 100 in 2 months; one more unit of cowos is up to 2.5 more") !=
        std::string::npos);
  const auto row = text->substr(text->find("shortage of package"));
  CHECK(row.find(" 15 ") < row.find('\n'));
}

TEST_CASE("reasons: what nothing held back says so, and who is unknown has none", "[report][why]") {
  CHECK(reasons_text(account(short_of_much()), {"910c", "2025-06"})->find("nothing held it back") !=
        std::string::npos);
  CHECK_FALSE(reasons_text(account(short_of_much()), {"tpu", "2025-06"}));
}

}  // namespace
}  // namespace chokepoint::reasons_text_test
