#include "sim/jobs/job_times.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "sim/logs/arrival_time.hpp"

namespace chokepoint {
namespace {

constexpr JobTimeUnit kNano = {"ns", 1e-6}, kMicro = {"us", 1e-3}, kMinute = {"min", 60e3},
                      kHour = {"h", 3600e3}, kDay = {"d", 86'400e3};

constexpr std::array kUnits = {kNano, kMicro, kJobMilliseconds, kJobSeconds, kMinute, kHour, kDay};

struct Word {
  std::string_view word;
  JobTimeUnit unit;
};
constexpr Word kWords[] = {{"nsec", kNano},
                           {"nanos", kNano},
                           {"nanoseconds", kNano},
                           {"usec", kMicro},
                           {"micros", kMicro},
                           {"microseconds", kMicro},
                           {"msec", kJobMilliseconds},
                           {"millis", kJobMilliseconds},
                           {"milliseconds", kJobMilliseconds},
                           {"sec", kJobSeconds},
                           {"secs", kJobSeconds},
                           {"second", kJobSeconds},
                           {"seconds", kJobSeconds},
                           {"mins", kMinute},
                           {"minute", kMinute},
                           {"minutes", kMinute},
                           {"hr", kHour},
                           {"hrs", kHour},
                           {"hour", kHour},
                           {"hours", kHour},
                           {"day", kDay},
                           {"days", kDay}};

bool is_letter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0;
}

}  // namespace

std::optional<JobTimeUnit> job_time_unit_named(std::string_view name) {
  const auto unit = std::ranges::find(kUnits, name, &JobTimeUnit::name);
  if (unit != kUnits.end()) return *unit;
  const auto* word = std::ranges::find(kWords, name, &Word::word);
  return word == std::end(kWords) ? std::nullopt : std::optional(word->unit);
}

const std::vector<std::string>& job_time_units() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> made;
    for (const JobTimeUnit& unit : kUnits) made.emplace_back(unit.name);
    return made;
  }();
  return names;
}

std::optional<JobTimeUnit> job_time_unit_of_column(std::string_view name) {
  while (!name.empty() && !is_letter(name.back())) name.remove_suffix(1);
  std::string word;
  while (!name.empty() && is_letter(name.back())) {
    word += static_cast<char>(std::tolower(static_cast<unsigned char>(name.back())));
    name.remove_suffix(1);
  }
  std::ranges::reverse(word);
  return name.empty() ? std::nullopt : job_time_unit_named(word);
}

std::optional<JobTimeUnit> job_time_unit_by_size(std::string_view text) {
  const auto unit = unit_of_epoch(text);
  if (!unit || *unit == TimeUnit::Second) return std::nullopt;
  return job_time_unit_named(name(*unit));
}

}  // namespace chokepoint
