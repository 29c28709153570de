#include "sim/logs/arrival_time.hpp"

#include <charconv>
#include <chrono>
#include <cmath>
#include <limits>

#include "models/calendar.hpp"
#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {
namespace {

constexpr std::int64_t kNanosecond = 1'000'000'000;
constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

constexpr std::int64_t nanoseconds_in(TimeUnit unit) {
  switch (unit) {
    case TimeUnit::Second:
      return kNanosecond;
    case TimeUnit::Millisecond:
      return 1'000'000;
    case TimeUnit::Microsecond:
      return 1'000;
    case TimeUnit::Nanosecond:
      return 1;
  }
  return 1;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::size_t digits_at(std::string_view text) {
  std::size_t count = 0;
  while (count < text.size() && is_digit(text[count])) ++count;
  return count;
}

/// 0.`digits` of `unit`, in nanoseconds; what is below one is cut off.
std::int64_t fraction(std::string_view digits, std::int64_t unit) {
  std::int64_t sum = 0;
  for (const char c : digits) {
    if (unit < 10) break;
    unit /= 10;
    sum += (c - '0') * unit;
  }
  return sum;
}

/// `whole`.`part` units in nanoseconds, exactly; nothing where that is too much.
std::optional<std::int64_t> exact(std::string_view whole, std::string_view part, TimeUnit unit) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(whole.data(), whole.data() + whole.size(), value);
  const std::int64_t size = nanoseconds_in(unit);
  if (error != std::errc{} || value > kMost / size - 1) return std::nullopt;
  return value * size + fraction(part, size);
}

/// The number that begins with a text of this length: date, 'T' or blank, time of day.
struct Taken {
  std::string_view rest;
  std::optional<int> number(std::size_t digits) {
    if (digits_at(rest.substr(0, digits)) < digits) return std::nullopt;
    int value = 0;
    std::from_chars(rest.data(), rest.data() + digits, value);
    rest.remove_prefix(digits);
    return value;
  }
  bool one_of(std::string_view characters) {
    if (rest.empty() || characters.find(rest[0]) == std::string_view::npos) return false;
    rest.remove_prefix(1);
    return true;
  }
};

/// Seconds that a zone such as "+08:00" is ahead of UTC; nothing where it is none.
std::optional<int> zone(Taken text) {
  while (text.one_of(" ")) {
  }
  if (text.rest.empty() || text.rest == "Z" || text.rest == "z" || text.rest == "UTC" ||
      text.rest == "GMT") {
    return 0;
  }
  const int sign = text.rest[0] == '-' ? -1 : 1;
  if (!text.one_of("+-")) return std::nullopt;
  const auto hours = text.number(2);
  const bool has_minutes = text.one_of(":") || !text.rest.empty();
  const auto minutes = has_minutes ? text.number(2) : std::optional(0);
  if (!hours || !minutes || *hours > 14 || *minutes > 59 || !text.rest.empty()) return std::nullopt;
  return sign * (*hours * 3'600 + *minutes * 60);
}

std::optional<std::int64_t> date_with_time(std::string_view text) {
  using std::chrono::year_month_day;
  Taken at{text};
  const auto year = at.number(4);
  if (!year || !at.one_of("-/")) return std::nullopt;
  const auto month = at.number(2);
  if (!month || !at.one_of("-/")) return std::nullopt;
  const auto day = at.number(2);
  if (!day || !at.one_of(" Tt")) return std::nullopt;
  const auto hour = at.number(2);
  if (!hour || !at.one_of(":")) return std::nullopt;
  const auto minute = at.number(2);
  if (!minute || !at.one_of(":")) return std::nullopt;
  const auto second = at.number(2);
  if (!second || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  std::string_view part;
  if (at.one_of(".,")) {
    part = at.rest.substr(0, digits_at(at.rest));
    at.rest.remove_prefix(part.size());
  }
  const auto ahead = zone(at);
  const year_month_day date{std::chrono::year{*year},
                            std::chrono::month{static_cast<unsigned>(*month)},
                            std::chrono::day{static_cast<unsigned>(*day)}};
  if (!ahead || !date.ok() || *year < 1970 || *year > 2200) return std::nullopt;
  const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
  const std::int64_t minutes = std::int64_t{*hour} * 60 + *minute;
  const std::int64_t seconds = days * 86'400 + minutes * 60 + *second - *ahead;
  return seconds * kNanosecond + fraction(part, kNanosecond);
}

/// A number with an exponent, such as 1.7e9; rounded as doubles are.
std::optional<std::int64_t> rounded(std::string_view text, TimeUnit unit) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  const double nanoseconds = value * static_cast<double>(nanoseconds_in(unit));
  if (!(nanoseconds >= 0 && nanoseconds < 9e18)) return std::nullopt;
  return std::llround(nanoseconds);
}

}  // namespace

std::variant<LogTime, NoTime> read_time(std::string_view text, TimeUnit unit) {
  if (text.empty()) return NoTime{"is empty"};
  if (text[0] == '-') return NoTime{concat("is ", in_quotes(text), ", must not be negative")};
  const std::size_t whole = digits_at(text);
  std::string_view part;
  std::size_t read = whole;
  if (read < text.size() && text[read] == '.') {
    part = text.substr(read + 1, digits_at(text.substr(read + 1)));
    read += 1 + part.size();
  }
  std::optional<std::int64_t> found;
  bool is_date = false;
  if (read == text.size() && whole + part.size() > 0) {
    found = exact(whole > 0 ? text.substr(0, whole) : "0", part, unit);
    if (!found) return NoTime{concat("is ", in_quotes(text), ", more than any clock shows")};
  } else if (whole == 4) {
    found = date_with_time(text);
    is_date = found.has_value();
  }
  if (!found) found = rounded(text, unit);
  if (!found)
    return NoTime{concat("is ", in_quotes(text), ", must be a number or a date and time")};
  return LogTime{*found, is_date};
}

std::optional<TimeUnit> unit_of_epoch(std::string_view number) {
  const std::size_t digits = digits_at(number);
  if (digits < 10 || (digits < number.size() && number[digits] != '.')) return std::nullopt;
  if (digits < 12) return TimeUnit::Second;
  if (digits < 15) return TimeUnit::Millisecond;
  return digits < 18 ? TimeUnit::Microsecond : TimeUnit::Nanosecond;
}

}  // namespace chokepoint
