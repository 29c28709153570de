#include "sim/jobs/job_cells.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <variant>

#include "sim/logs/arrival_time.hpp"

namespace chokepoint {
namespace {

constexpr std::int64_t kNanosecondsOfMilli = 1'000'000;
constexpr double kMillisOfSecond = 1e3;
constexpr double kLongest = 1000.0 * 366 * 86'400 * kMillisOfSecond;

// "HH:MM:SS" or "MM:SS" in seconds.
std::optional<double> clock(std::string_view text) {
  double seconds = 0;
  int parts = 0;
  for (std::size_t at = 0; at <= text.size(); ++parts) {
    const std::size_t end = std::min(text.find(':', at), text.size());
    const auto part = job_number(text.substr(at, end - at));
    if (!part || *part < 0 || parts == 3) return std::nullopt;
    constexpr double kBase = 60;
    seconds = seconds * kBase + *part;
    at = end + 1;
  }
  return parts >= 2 ? std::optional(seconds) : std::nullopt;
}

}  // namespace

std::optional<double> job_number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool is_whole = error == std::errc() && end == text.data() + text.size();
  return is_whole && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

std::optional<std::int64_t> job_moment(std::string_view text, const JobTimeUnit& unit) {
  const auto number = job_number(text);
  const auto exact = time_unit_named(unit.name);
  if (number && !exact) {
    const double milliseconds = *number * unit.milliseconds;
    return std::abs(milliseconds) > kLongest ? std::nullopt
                                             : std::optional(std::llround(milliseconds));
  }
  const auto time = read_time(text, exact.value_or(TimeUnit::Second));
  const auto* read = std::get_if<LogTime>(&time);
  if (read == nullptr) return std::nullopt;
  return read->nanoseconds / kNanosecondsOfMilli;
}

std::optional<std::int64_t> job_duration(std::string_view text, const JobTimeUnit& unit) {
  std::optional<double> seconds;
  if (text.find(':') == std::string_view::npos) {
    seconds = job_number(text);
    if (seconds) *seconds *= unit.milliseconds / kMillisOfSecond;
  } else {
    const auto dash = text.find('-');
    const auto days = dash == std::string_view::npos ? 0.0 : job_number(text.substr(0, dash));
    seconds = clock(dash == std::string_view::npos ? text : text.substr(dash + 1));
    constexpr double kDay = 86'400;
    if (seconds && days) *seconds += *days * kDay;
    if (!days || *days < 0) seconds.reset();
  }
  if (!seconds || std::abs(*seconds * kMillisOfSecond) > kLongest) return std::nullopt;
  return std::llround(*seconds * kMillisOfSecond);
}

int gpus_of_resources(std::string_view text) {
  int of_kinds = 0;
  while (!text.empty()) {
    const std::string_view entry = text.substr(0, text.find(','));
    text.remove_prefix(std::min(entry.size() + 1, text.size()));
    const auto equals = entry.rfind('=');
    if (equals == std::string_view::npos) continue;
    const std::string_view what = entry.substr(0, equals);
    const auto count = job_number(entry.substr(equals + 1));
    constexpr double kMost = 1e7;
    if (!count || *count < 0 || *count > kMost) continue;
    if (what == "gres/gpu") return static_cast<int>(*count);
    if (what.starts_with("gres/gpu:")) of_kinds += static_cast<int>(*count);
  }
  return of_kinds;
}

bool is_unknown(std::string_view text) {
  constexpr std::array<std::string_view, 10> kWords = {"",    "Unknown", "None", "none", "N/A",
                                                       "NaN", "nan",     "NULL", "-1",   "-"};
  return std::ranges::find(kWords, text) != kWords.end();
}

}  // namespace chokepoint
