#include "models/calendar.hpp"

#include <array>
#include <cmath>
#include <cstdio>

namespace chokepoint {
namespace {

constexpr Seconds kDay = 1_days;

// The number that all of `digits` spell, or nothing where one of them is no digit.
std::optional<int> number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    value = 10 * value + (c - '0');
  }
  return value;
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = number(text.substr(0, 4));
  const auto month = number(text.substr(5, 2));
  const auto day = number(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  const std::chrono::year_month_day civil{std::chrono::year{*year},
                                          std::chrono::month{static_cast<unsigned>(*month)},
                                          std::chrono::day{static_cast<unsigned>(*day)}};
  if (!civil.ok()) return std::nullopt;
  return Date{civil};
}

std::optional<Moment> parse_moment(std::string_view text) {
  const auto day = parse_date(text.substr(0, 10));
  if (!day || text.size() == 10) return day;
  const bool is_clock =
      text.size() == 20 && text[10] == 'T' && text[13] == ':' && text[16] == ':' && text[19] == 'Z';
  if (!is_clock) return std::nullopt;
  const auto hours = number(text.substr(11, 2));
  const auto minutes = number(text.substr(14, 2));
  const auto seconds = number(text.substr(17, 2));
  if (!hours || !minutes || !seconds) return std::nullopt;
  if (*hours > 23 || *minutes > 59 || *seconds > 59) return std::nullopt;
  return *day + std::chrono::hours(*hours) + std::chrono::minutes(*minutes) +
         std::chrono::seconds(*seconds);
}

std::string format_date(Date date) {
  const std::chrono::year_month_day civil{date};
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(civil.year()),
                static_cast<unsigned>(civil.month()), static_cast<unsigned>(civil.day()));
  return text.data();
}

std::string format_moment(Moment moment) {
  const auto day = std::chrono::floor<std::chrono::days>(moment);
  if (moment == day) return format_date(day);
  const std::chrono::hh_mm_ss clock{moment - day};
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "T%02d:%02d:%02dZ",
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return format_date(day) + text.data();
}

std::string format_month(Date date) {
  const std::string day = format_date(date);
  return day.substr(0, day.size() - 3);
}

int year_of(Date date) {
  return static_cast<int>(std::chrono::year_month_day(date).year());
}

Date first_of_month(Date date) {
  const std::chrono::year_month_day civil{date};
  return Date{civil.year() / civil.month() / std::chrono::day{1}};
}

Date add_months(Date date, int months) {
  const std::chrono::year_month_day later =
      std::chrono::year_month_day{date} + std::chrono::months{months};
  if (later.ok()) return Date{later};
  return Date{later.year() / later.month() / std::chrono::last};
}

int months_between(Date from, Date to) {
  const std::chrono::year_month_day a{from}, b{to};
  return static_cast<int>(((b.year() / b.month()) - (a.year() / a.month())).count());
}

Seconds Calendar::at(Moment moment) const {
  return Seconds{static_cast<double>((moment - epoch).count())};
}

Date Calendar::date_at(Seconds now) const {
  const auto day = std::chrono::floor<std::chrono::days>(epoch);
  const Seconds into_day{static_cast<double>((epoch - day).count())};
  return day + std::chrono::days{static_cast<int>(std::floor((now + into_day) / kDay))};
}

}  // namespace chokepoint
