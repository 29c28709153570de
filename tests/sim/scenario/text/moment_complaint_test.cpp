#include "sim/scenario/text/moment_complaint.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

std::string said(const std::string& text) {
  const auto complaint = moment_complaint(text);
  return complaint ? complaint->wrong + " | " + complaint->help : "";
}

const std::string kForms = "write a day as YYYY-MM-DD or a moment as YYYY-MM-DDTHH:MM:SSZ";

TEST_CASE("moment complaint: days and moments have none", "[scenario][text]") {
  CHECK(said("2025-04-09").empty());
  CHECK(said("2024-02-29T23:59:59Z").empty());
}

TEST_CASE("moment complaint: what means a moment is told how to write it", "[scenario][text]") {
  CHECK(said("2025-04-09T13:05:00") == "without a Z | times are UTC: write 2025-04-09T13:05:00Z");
  CHECK(said("2025-04-09 13:05") == "without a Z | times are UTC: write 2025-04-09T13:05:00Z");
  CHECK(said("2025-04-09T13:05:00+08:00") ==
        "with an offset | times are UTC: write 2025-04-09T05:05:00Z");
  CHECK(said("2025-12-31T23:30:00-0530") ==
        "with an offset | times are UTC: write 2026-01-01T05:00:00Z");
  CHECK(said("2025-01-01T08:00:00+08") == "with an offset | times are UTC: write 2025-01-01");
  CHECK(said("2025-04-09T13:05:00.250Z") ==
        "with a fraction of a second | times are whole seconds: write 2025-04-09T13:05:00Z");
  CHECK(said("2024-02-28T24:00:00Z") ==
        "past the end of its day | midnight begins the next day: write 2024-02-29");
  CHECK(said("2025-04-09T13:05Z") == "not written as moments are | write 2025-04-09T13:05:00Z");
  CHECK(said("2025-04-09t13:05:00z") == "not written as moments are | write 2025-04-09T13:05:00Z");
}

TEST_CASE("moment complaint: what is none is told both forms", "[scenario][text]") {
  CHECK(said("2025-02-29") == "not a day of the calendar | " + kForms);
  CHECK(said("2025-02-29T10:00:00Z") == "not a day of the calendar | " + kForms);
  CHECK(said("January") == "neither a day nor a moment | " + kForms);
  CHECK(said("2025-04-09T") == "neither a day nor a moment | " + kForms);
  CHECK(said(std::string(1'000'000, '2')) == "neither a day nor a moment | " + kForms);
  for (const char* text : {"2025-04-09T25:00:00Z", "2025-04-09T13:60:00Z", "2025-04-09T23:59:60Z",
                           "2025-04-09T24:00:01Z"}) {
    CHECK(said(text) ==
          "not a time of day | hours go up to 23, minutes and seconds up to 59; no second is a "
          "leap second");
  }
}

TEST_CASE("is_in_years: 2000 to 2100, both included", "[scenario][text]") {
  const auto is_in = [](const char* day) { return is_in_years(parse_date(day).value()); };
  CHECK(is_in("2000-01-01"));
  CHECK(is_in("2100-12-31"));
  CHECK_FALSE(is_in("1999-12-31"));
  CHECK_FALSE(is_in("2101-01-01"));
}

}  // namespace
}  // namespace chokepoint
