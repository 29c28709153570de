#include "sim/jobs/job_times.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "sim/logs/arrival_time.hpp"

namespace chokepoint {
namespace {

constexpr JobTimeUnit kMinute = {"min", 60e3}, kHour = {"h", 3600e3}, kDay = {"d", 86'400e3};

constexpr std::array<JobTimeUnit, 7> kUnits = {
    {{"ns", 1e-6}, {"us", 1e-3}, kJobMilliseconds, kJobSeconds, kMinute, kHour, kDay}};

struct UnitWord {
  std::string_view word;
  JobTimeUnit unit;
};
// Beside those of logs of requests.
constexpr UnitWord kWords[] = {{"second", kJobSeconds}, {"mins", kMinute}, {"minute", kMinute},
                               {"minutes", kMinute},    {"hr", kHour},     {"hrs", kHour},
                               {"hour", kHour},         {"hours", kHour},  {"day", kDay},
                               {"days", kDay}};

bool is_letter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0;
}

}  // namespace

std::optional<JobTimeUnit> job_time_unit_named(std::string_view name) {
  const auto* word = std::ranges::find(kWords, name, &UnitWord::word);
  if (word != std::end(kWords)) return word->unit;
  const auto meant = time_unit_meant(name);
  const std::string_view short_name = meant ? chokepoint::name(*meant) : name;
  const auto* unit = std::ranges::find(kUnits, short_name, &JobTimeUnit::name);
  return unit == kUnits.end() ? std::nullopt : std::optional(*unit);
}

const std::vector<std::string>& job_time_units() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> made;
    for (const JobTimeUnit& unit : kUnits) made.emplace_back(unit.name);
    return made;
  }();
  return names;
}

std::optional<TimeColumn> time_column(std::string_view name) {
  const auto before = [&](bool letters) {
    while (!name.empty() && is_letter(name.back()) == letters) name.remove_suffix(1);
  };
  before(false);
  const std::string_view whole = name;
  before(true);
  std::string word(whole.substr(name.size()));
  for (char& c : word) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  before(false);
  const auto unit = name.empty() ? std::nullopt : job_time_unit_named(word);
  return unit ? std::optional(TimeColumn{name, *unit}) : std::nullopt;
}

std::optional<JobTimeUnit> job_time_unit_by_size(std::string_view text) {
  const auto unit = unit_of_epoch(text);
  if (!unit || *unit == TimeUnit::Second) return std::nullopt;
  return job_time_unit_named(name(*unit));
}

}  // namespace chokepoint
