#include "sim/study/causes/indicator_question.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/study/small_history.hpp"

namespace chokepoint::indicator_question_test {
namespace {

Date day(const std::string& text) {
  return parse_date(text).value();
}

const Figures kKnown = {{{"delivered", "mainland/west", "packages", 2024}, 1.0},
                        {{"delivered", "mainland/east", "packages", 2025}, 1.0},
                        {{"months_to_move", "", "months", 2025}, 1.0},
                        {{"installed_decode", "offshore sites", "H100e", 2025}, 1.0},
                        {{"installed_decode", "mainland", "H100e", 2025}, 1.0}};

const Period kYear = parse_period("2025").value();

bool is_in_scope(const YearlyKey& key, const std::string& order) {
  const World world = small_history_world();
  for (const Order& candidate : world.orders) {
    if (candidate.name == order) return is_in(world, scope_of(world, key), candidate);
  }
  FAIL("no order " << order);
  return false;
}

TEST_CASE("indicator question: a period is a year or a month", "[history][why]") {
  CHECK(kYear.from == day("2025-01-01"));
  CHECK(kYear.until == day("2026-01-01"));
  CHECK(period_before(kYear).text == "2024");
  const Period month = parse_period("2025-01").value();
  CHECK(month.until == day("2025-02-01"));
  CHECK(period_before(month).text == "2024-12");
  for (const char* wrong : {"", "25", "2025-13", "2025-01-17", "june", "20a5"})
    CHECK_FALSE(parse_period(wrong));
}

TEST_CASE("indicator question: the date stands behind the last at sign", "[history][why]") {
  const auto question = parse_indicator_question("delivered a@b@2025");
  REQUIRE(question);
  CHECK(question->what == "delivered a@b");
  for (const char* wrong : {"", "delivered", "@2025", "delivered@", "delivered@soon"}) {
    CHECK_FALSE(parse_indicator_question(wrong));
  }
}

TEST_CASE("indicator question: a device is asked about like that as well", "[history][why]") {
  CHECK(parse_indicator_question("h20@2025-06")->period.text == "2025-06");
  CHECK_FALSE(parse_indicator_question("h20@2025-06-15"));
  CHECK(parse_indicator_question("h20@2025")->period.text == "2025");
  CHECK(parse_indicator_question("a@b@2025-06")->what == "a@b");
  for (const char* wrong : {"", "h20", "@2025-06", "h20@", "h20@2025-13", "h20@june", "h20@202"}) {
    CHECK_FALSE(parse_indicator_question(wrong));
  }
}

TEST_CASE("indicator question: a subject may hold spaces, and be left out where it is alone",
          "[history][why]") {
  const auto key = std::get<YearlyKey>(resolve("installed_decode offshore sites", kYear, kKnown));
  CHECK(key.subject == "offshore sites");
  CHECK(key.unit == "H100e");
  CHECK(key.year == 2025);
  CHECK(std::get<YearlyKey>(resolve("months_to_move", kYear, kKnown)).subject.empty());
}

TEST_CASE("indicator question: an error lists what there is", "[history][why]") {
  const auto unknown = std::get<NoAnswer>(resolve("happiness", kYear, kKnown));
  CHECK(unknown.error.find("happiness") != std::string::npos);
  CHECK(unknown.help.find("delivered, installed_decode, months_to_move") != std::string::npos);
  const auto several = std::get<NoAnswer>(resolve("delivered", kYear, kKnown));
  CHECK(several.help.find("mainland/east, mainland/west") != std::string::npos);
  const auto nobody = std::get<NoAnswer>(resolve("delivered mars", kYear, kKnown));
  CHECK(nobody.error.find("mars") != std::string::npos);
}

TEST_CASE("indicator question: what buyers weigh is told of years alone", "[history][why]") {
  const Figures known = {{{"kind_price_decode", "npu", "USD per H100e-month", 2025}, 1.0}};
  CHECK(std::holds_alternative<YearlyKey>(resolve("kind_price_decode npu", kYear, known)));
  const auto none =
      std::get<NoAnswer>(resolve("kind_price_decode npu", parse_period("2025-06").value(), known));
  CHECK(none.help == "ask for 'kind_price_decode npu@2025'");
  CHECK_FALSE(is_in_scope({"kind_price_decode", "npu", "USD per H100e-month", 2025},
                          "cloud_desert/west_gpu"));
}

TEST_CASE("indicator question: a scope has the region and vendor of its subject",
          "[history][why]") {
  const YearlyKey west{"delivered", "mainland/west", "packages", 2025};
  CHECK(is_in_scope(west, "lab_north/west_gpu"));
  CHECK_FALSE(is_in_scope(west, "lab_north/east_npu"));
  CHECK_FALSE(is_in_scope(west, "cloud_desert/west_gpu"));
  CHECK(
      is_in_scope({"installed_decode", "offshore sites", "H100e", 2025}, "cloud_desert/west_gpu"));
}

TEST_CASE("indicator question: pathways, sites and rules narrow it too", "[history][why]") {
  CHECK(is_in_scope({"pathway", "domestic", "packages", 2025}, "lab_north/east_npu"));
  CHECK_FALSE(is_in_scope({"pathway", "legal", "packages", 2025}, "lab_north/east_npu"));
  CHECK(is_in_scope({"pathway", "rented", "packages", 2025}, "cloud_desert/west_gpu"));
  CHECK_FALSE(is_in_scope({"pathway", "rented", "packages", 2025}, "lab_north/west_gpu"));
  CHECK(is_in_scope({"energy_since_start", "desert", "GWh", 2025}, "cloud_desert/west_gpu"));
  CHECK_FALSE(is_in_scope({"energy_since_start", "north", "GWh", 2025}, "cloud_desert/west_gpu"));
  CHECK(is_in_scope({"refused", "us_letter", "packages", 2025}, "lab_north/west_gpu"));
  CHECK_FALSE(is_in_scope({"domestic_share", "units", "share", 2025}, "cloud_desert/west_gpu"));
  CHECK(is_in_scope({"months_to_move", "", "months", 2025}, "cloud_desert/west_gpu"));
}

}  // namespace
}  // namespace chokepoint::indicator_question_test
