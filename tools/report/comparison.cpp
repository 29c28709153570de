#include "tools/report/comparison.hpp"

#include <algorithm>
#include <cassert>
#include <cctype>
#include <cmath>
#include <limits>
#include <map>

#include "sim/scenario/text/characters.hpp"
#include "tools/print/json_value.hpp"
#include "tools/report/indicators.hpp"

namespace chokepoint {
namespace {

constexpr double kNoise = 1e-9;  // Relative.

/// Equal for two scenarios that differ in what refused money buys, or not at all.
std::string bracket_key(pb::Scenario scenario) {
  scenario.mutable_market()->clear_refused_budget();
  return stable_bytes(scenario);
}

pb::ComparedRun message_of(const RecordedRun& run) {
  pb::ComparedRun out;
  const auto& manifest = run.manifest;
  out.set_directory(printable(run.directory.string()));
  out.set_scenario(manifest.scenario().name());
  out.set_question(manifest.scenario().question());
  out.set_scenario_digest(manifest.scenario_digest());
  out.set_seed(manifest.seed());
  out.set_base(manifest.base());
  out.set_refused_budget(
      lowercase(pb::RefusedBudget_Name(manifest.scenario().market().refused_budget())));
  out.set_truncated(run.truncated);
  *out.mutable_changes() = manifest.changes();
  return out;
}

void add_runs(const std::vector<RecordedRun>& runs, pb::Comparison& into) {
  std::vector<std::string> keys;  // By column.
  for (const auto& run : runs) {
    const std::string key = bracket_key(run.manifest.scenario());
    auto column = std::ranges::find(keys, key);
    if (column == keys.end()) column = keys.insert(keys.end(), key);
    *into.add_runs() = message_of(run);
    into.mutable_runs(into.runs_size() - 1)
        ->set_column(static_cast<std::uint32_t>(column - keys.begin()));
  }
}

/// Run that `run` is held against.
int baseline_of(const pb::Comparison& comparison, int run) {
  for (int i = 0; i < comparison.runs_size(); ++i) {
    const auto& candidate = comparison.runs(i);
    if (candidate.column() == 0 &&
        candidate.refused_budget() == comparison.runs(run).refused_budget()) {
      return i;
    }
  }
  return 0;
}

/// Zero for what is left when the same parts were added in another order.
double without_noise(double difference, double base) {
  return std::abs(difference) <= kNoise * std::abs(base) ? 0.0 : difference;
}

void add_differences(const pb::Comparison& comparison, pb::ComparedIndicator& row) {
  for (int run = 0; run < comparison.runs_size(); ++run) {
    const double base = row.values(baseline_of(comparison, run));
    const double difference = without_noise(row.values(run) - base, base);
    row.add_differences(difference);
    row.add_percent(base == 0.0 ? std::numeric_limits<double>::quiet_NaN()
                                : 100.0 * difference / base);
  }
}

std::string name_of(const Indicator& indicator) {
  return indicator.split.empty() ? indicator.name : indicator.name + "_by_" + indicator.split;
}

/// Names of the indicators of all runs. One that only a later run has stands behind the one that it
/// follows there.
std::vector<std::string> names_in_order(const std::vector<std::vector<Indicator>>& of_runs) {
  std::vector<std::string> order;
  for (const auto& indicators : of_runs) {
    auto next = order.begin();
    for (const auto& indicator : indicators) {
      auto at = std::ranges::find(order, name_of(indicator));
      if (at == order.end()) at = order.insert(next, name_of(indicator));
      next = at + 1;
    }
  }
  return order;
}

void add_indicators(const std::vector<RecordedRun>& runs, pb::Comparison& into) {
  std::vector<std::vector<Indicator>> of_runs;
  of_runs.reserve(runs.size());
  for (const auto& run : runs) of_runs.push_back(indicators_of(run.account));

  std::map<std::string, std::map<std::string, pb::ComparedIndicator>> rows;  // By name, subject.
  for (std::size_t run = 0; run < of_runs.size(); ++run) {
    for (const auto& indicator : of_runs[run]) {
      auto& row = rows[name_of(indicator)][indicator.subject];
      row.set_indicator(name_of(indicator));
      row.set_subject(indicator.subject);
      row.set_unit(indicator.unit);
      row.mutable_values()->Resize(static_cast<int>(of_runs.size()), 0.0);
      row.set_values(static_cast<int>(run), indicator.value);
    }
  }
  for (const auto& name : names_in_order(of_runs)) {
    for (auto& [subject, row] : rows[name]) {
      add_differences(into, row);
      *into.add_indicators() = row;
    }
  }
}

}  // namespace

pb::Comparison compare(const std::vector<RecordedRun>& runs) {
  assert(!runs.empty());
  pb::Comparison comparison;
  comparison.set_schema("chokepoint.compare/1");
  add_runs(runs, comparison);
  add_indicators(runs, comparison);
  for (std::size_t run = 0; run < runs.size(); ++run) {
    for (const auto& month : refused_months(runs[run].account, static_cast<std::uint32_t>(run))) {
      *comparison.add_months() = month;
    }
  }
  return comparison;
}

std::vector<std::vector<std::size_t>> columns_of(const pb::Comparison& comparison) {
  std::vector<std::vector<std::size_t>> columns;
  for (int run = 0; run < comparison.runs_size(); ++run) {
    const std::size_t column = comparison.runs(run).column();
    if (columns.size() <= column) columns.resize(column + 1);
    columns[column].push_back(static_cast<std::size_t>(run));
  }
  return columns;
}

}  // namespace chokepoint
