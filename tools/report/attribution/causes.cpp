#include "tools/report/attribution/causes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <functional>
#include <utility>

#include "tools/report/attribution/attribution_report.hpp"

namespace chokepoint {

namespace {

constexpr double kTelling = 0.01;  // Below it, two runs are as good as alike in a year.

Measured measured(const Headline& headline) {
  return [&headline](const Figures& figures) { return value_of(headline, figures); };
}

/// Mean over headlines of a part, each in parts of the greater value of both runs.
double size_of(const ComparedYear& year, const Cause& cause) {
  double sum = 0.0;
  for (std::size_t i = 0; i < year.headlines.size(); ++i) {
    const Headline& headline = year.headlines[i];
    const double greater = std::max(std::abs(value_of(headline, year.all.itself[0])),
                                    std::abs(value_of(headline, year.all.itself[year.run])));
    if (greater > 0.0) sum += std::abs(cause.parts[i].value) / greater;
  }
  return sum / static_cast<double>(year.headlines.size());
}

}  // namespace

ComparedYear compared_year(const Attribution& all, std::size_t run, int year) {
  return {all, run, headlines(all.itself[0], all.itself[run], year)};
}

double difference_in(const ComparedYear& year, const Headline& headline) {
  return difference_of(year.all, year.run, measured(headline));
}

std::optional<double> share_of(double part, double difference) {
  return difference == 0.0 ? std::nullopt : std::optional(part / difference);
}

LeverCauses lever_causes(const ComparedYear& year) {
  LeverCauses causes;
  for (const Lever& lever : year.all.between[year.run].levers) {
    causes.levers.push_back({lever_name(lever), {}});
  }
  for (const Headline& headline : year.headlines) {
    const auto parts = parts_of(year.all, year.run, measured(headline));
    for (std::size_t i = 0; i < parts.size(); ++i) causes.levers[i].parts.push_back(parts[i]);
    causes.remainder.push_back(remainder_of(year.all, year.run, measured(headline), parts));
  }
  return causes;
}

std::vector<Cause> binding_causes(const ComparedYear& year) {
  std::vector<Cause> causes;
  for (const Trial& trial : year.all.bindings) {
    if (!trial.is_readable) continue;
    Cause& cause = causes.emplace_back(Cause{switch_name(trial.off), {}});
    for (const Headline& headline : year.headlines) {
      cause.parts.push_back({accounted_for(year.all, trial, year.run, measured(headline)), 0.0});
    }
  }
  return causes;
}

std::vector<Cause> telling_causes(const ComparedYear& year, const std::vector<Cause>& causes) {
  std::vector<std::pair<double, const Cause*>> sized;
  for (const Cause& cause : causes) {
    const double size = size_of(year, cause);
    if (size > 0.0) sized.emplace_back(size, &cause);
  }
  std::ranges::stable_sort(sized, std::greater{}, [](const auto& each) { return each.first; });
  std::vector<Cause> telling;
  telling.reserve(sized.size());
  for (const auto& [size, cause] : sized) telling.push_back(*cause);
  return telling;
}

std::string lever_name(const Lever& lever) {
  if (lever.paths.size() < 2) return lever.name;
  return fmt::format("{} ({} changes)", lever.name, lever.paths.size());
}

std::string switch_name(const Switch& off) {
  switch (off.kind) {
    case Binding::Kind::Rule:
      return fmt::format("{} {}", off.government, off.name);
    case Binding::Kind::Quota:
      return fmt::format("quota {}", off.name);
    case Binding::Kind::Shortage:
      return fmt::format("shortage of {}", off.name);
  }
  return off.name;
}

int telling_year(const Attribution& attribution, int last_published) {
  const auto years = years_of(attribution.itself[0]);
  assert(!years.empty());
  const auto greatest = [&](int until) {
    std::pair<double, int> found = {0.0, years.back()};
    for (const int year : years) {
      double differs = 0.0;
      for (std::size_t run = 1; run < attribution.itself.size(); ++run) {
        differs += distance(attribution.itself[0], attribution.itself[run], year);
      }
      if (year <= until && differs > found.first) found = {differs, year};
    }
    return found;
  };
  const auto published = greatest(last_published);
  return published.first >= kTelling ? published.second : greatest(years.back()).second;
}

}  // namespace chokepoint
