#include "models/calendar.hpp"

#include <catch2/catch.hpp>

#include "tests/day.hpp"

namespace chokepoint {
namespace {

TEST_CASE("calendar: a day is written in exactly one way", "[calendar]") {
  CHECK(parse_date("2024-02-29"));
  for (const char* text : {"", "2025", "2025-1-01", "2025-01-1", "2025-01-01 ", " 2025-01-01",
                           "2025/01/01", "20250101", "2025-13-01", "2025-00-01", "2025-01-00",
                           "2025-02-30", "2023-02-29", "1900-02-29", "2025-+1-01", "2O25-01-01"}) {
    INFO(text);
    CHECK_FALSE(parse_date(text));
  }
}

TEST_CASE("calendar: a moment is written in exactly one way", "[calendar]") {
  CHECK(parse_moment("2024-02-29T23:59:59Z") == day("2024-02-29") + std::chrono::seconds(86'399));
  CHECK(parse_moment("2025-04-09") == day("2025-04-09"));
  CHECK(parse_moment("2025-04-09T00:00:00Z") == day("2025-04-09"));
  for (const char* text :
       {"", "2025-04-09T", "2025-04-09T13:05:00", "2025-04-09T13:05Z", "2025-04-09T24:00:00Z",
        "2025-04-09T23:60:00Z", "2025-04-09T23:59:60Z", "2025-04-09 13:05:00Z",
        "2025-04-09T13:05:00.5Z", "2025-04-09T13:05:00+08:00", "2025-04-09T1a:05:00Z",
        "2025-04-09T13:05:00z", "2023-02-29T13:05:00Z", "2025-04-09T-1:05:00Z"}) {
    INFO(text);
    CHECK_FALSE(parse_moment(text));
  }
}

TEST_CASE("calendar: writing undoes reading in every second of a leap day", "[calendar]") {
  const Moment begin = day("2024-02-29");
  for (Moment moment = begin; moment < begin + std::chrono::days(1);
       moment += std::chrono::seconds(1)) {
    REQUIRE(parse_moment(format_moment(moment)) == moment);
  }
  CHECK(format_moment(begin) == "2024-02-29");
  CHECK(format_moment(begin + std::chrono::seconds(3'661)) == "2024-02-29T01:01:01Z");
}

TEST_CASE("calendar: writing undoes reading on every day of 40 years", "[calendar]") {
  const Date end = day("2040-01-01");
  int days = 0;
  for (Date date = day("2000-01-01"); date < end; date += std::chrono::days{1}, ++days) {
    const std::string text = format_date(date);
    REQUIRE(parse_date(text) == date);
    REQUIRE(format_month(date) == text.substr(0, 7));
    REQUIRE(format_date(first_of_month(date)) == text.substr(0, 8) + "01");
  }
  CHECK(days == 40 * 365 + 10);  // Leap years 2000, 2004, ... 2036.
}

TEST_CASE("calendar: a month later is the same day or the month's last", "[calendar]") {
  CHECK(add_months(day("2025-01-15"), 1) == day("2025-02-15"));
  CHECK(add_months(day("2025-01-31"), 1) == day("2025-02-28"));
  CHECK(add_months(day("2024-01-31"), 1) == day("2024-02-29"));
  CHECK(add_months(day("2025-01-31"), 2) == day("2025-03-31"));
  CHECK(add_months(day("2025-11-30"), 3) == day("2026-02-28"));
  CHECK(add_months(day("2025-03-31"), -1) == day("2025-02-28"));
  CHECK(add_months(day("2025-03-31"), 0) == day("2025-03-31"));
  CHECK(add_months(day("2024-02-29"), 12) == day("2025-02-28"));
}

TEST_CASE("calendar: months between two dates are those between their first days", "[calendar]") {
  CHECK(months_between(day("2025-01-31"), day("2025-02-01")) == 1);
  CHECK(months_between(day("2025-02-01"), day("2025-02-28")) == 0);
  CHECK(months_between(day("2024-11-30"), day("2026-01-01")) == 14);
  CHECK(months_between(day("2026-01-01"), day("2024-11-30")) == -14);
}

TEST_CASE("calendar: simulated time counts days of 86400 seconds from the epoch", "[calendar]") {
  const Calendar calendar{day("2025-01-01")};
  CHECK(calendar.at(day("2025-01-01")) == 0_s);
  CHECK(calendar.at(day("2026-01-01")) == 365_days);
  CHECK(calendar.at(day("2024-12-31")) == -1.0 * 1_days);
}

TEST_CASE("calendar: an epoch in the middle of a day moves no day", "[calendar]") {
  const Calendar calendar{parse_moment("2025-01-01T13:05:00Z").value()};
  CHECK(calendar.at(day("2025-01-01")) == -1.0 * 47'100_s);
  CHECK(calendar.at(day("2025-01-02")) == 39'300_s);
  CHECK(calendar.date_at(0_s) == day("2025-01-01"));
  CHECK(calendar.date_at(39'299_s) == day("2025-01-01"));
  CHECK(calendar.date_at(39'300_s) == day("2025-01-02"));
}

TEST_CASE("calendar: a moment lies in the day that began last", "[calendar]") {
  const Calendar calendar{day("2025-01-01")};
  CHECK(calendar.date_at(0_s) == day("2025-01-01"));
  CHECK(calendar.date_at(86'399_s) == day("2025-01-01"));
  CHECK(calendar.date_at(86'400_s) == day("2025-01-02"));
  CHECK(calendar.date_at(Seconds{-1.0}) == day("2024-12-31"));
  for (Date date = day("2020-01-01"); date < day("2030-01-01"); date += std::chrono::days{1}) {
    REQUIRE(calendar.date_at(calendar.at(date)) == date);
  }
}

}  // namespace
}  // namespace chokepoint
