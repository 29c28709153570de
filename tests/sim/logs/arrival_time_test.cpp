#include "sim/logs/arrival_time.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

std::int64_t time_of(const char* text, TimeUnit unit = TimeUnit::Second) {
  const auto read = read_time(text, unit);
  const auto* none = std::get_if<NoTime>(&read);
  INFO(text << (none == nullptr ? "" : " " + none->wrong));
  REQUIRE(none == nullptr);
  return std::get<LogTime>(read).nanoseconds;
}

bool is_time(const char* text, TimeUnit unit = TimeUnit::Second) {
  return std::holds_alternative<LogTime>(read_time(text, unit));
}

TEST_CASE("arrival time: numbers are exact to the nanosecond", "[logs]") {
  CHECK(time_of("1777142838.338653") == 1'777'142'838'338'653'000);
  CHECK(time_of("0.1") == 100'000'000);
  CHECK(time_of(".5") == 500'000'000);
  CHECK(time_of("5.") == 5'000'000'000);
  CHECK(time_of("27482", TimeUnit::Millisecond) == 27'482'000'000);
  CHECK(time_of("0.123456789", TimeUnit::Millisecond) == 123'456);
  CHECK(time_of("1700000000000000001", TimeUnit::Nanosecond) == 1'700'000'000'000'000'001);
  CHECK(time_of("1.5e3") == 1'500'000'000'000);
}

TEST_CASE("arrival time: dates in the ways that logs write them", "[logs]") {
  constexpr std::int64_t kMidnight = 1'715'299'200'000'000'000;  // 2024-05-10 00:00 UTC
  CHECK(time_of("2024-05-10 00:00:00") == kMidnight);
  CHECK(time_of("2024-05-10T00:00:00Z") == kMidnight);
  CHECK(time_of("2024/05/10 00:00:00 UTC") == kMidnight);
  CHECK(time_of("2024-05-10 00:00:00.0099300+00:00") == kMidnight + 9'930'000);
  CHECK(time_of("2024-05-10 08:00:00,25+08:00") == kMidnight + 250'000'000);
  CHECK(time_of("2024-05-09T19:30:00-0430") == kMidnight);
  CHECK(std::get<LogTime>(read_time("2024-05-10 00:00:00", TimeUnit::Second)).is_date);
  CHECK_FALSE(std::get<LogTime>(read_time("2024", TimeUnit::Second)).is_date);
}

TEST_CASE("arrival time: what is none", "[logs]") {
  for (const char* text :
       {"", "-1", "nan", "inf", "1e30", "now", "12:00", "2024-05-10", "2024-13-10 00:00:00",
        "2024-02-30 00:00:00", "2024-05-10 24:00:00", "2024-05-10 00:60:00",
        "2024-05-10 00:00:00+99:00", "2024-05-10 00:00:00 x", "1.2.3", ".", "99999999999999999999",
        "1,5", "0x10"}) {
    INFO(text);
    CHECK_FALSE(is_time(text));
  }
  CHECK_FALSE(is_time("9300000000"));  // Seconds of more than 292 years.
}

TEST_CASE("arrival time: the unit of a clock that counts from 1970", "[logs]") {
  CHECK(unit_of_epoch("1700000000") == TimeUnit::Second);
  CHECK(unit_of_epoch("1700000000.25") == TimeUnit::Second);
  CHECK(unit_of_epoch("1700000000000") == TimeUnit::Millisecond);
  CHECK(unit_of_epoch("1700000000000000") == TimeUnit::Microsecond);
  CHECK(unit_of_epoch("1700000000000000000") == TimeUnit::Nanosecond);
  CHECK_FALSE(unit_of_epoch("19440110.0"));
  CHECK_FALSE(unit_of_epoch("2024-05-10 00:00:00"));
}

}  // namespace
}  // namespace chokepoint
