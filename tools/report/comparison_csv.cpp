#include "tools/report/comparison_csv.hpp"

#include <array>
#include <utility>
#include <vector>

#include "tools/print/csv_table.hpp"
#include "tools/print/number_format.hpp"

namespace chokepoint {
namespace {

/// The cells that name a run.
std::vector<std::string> run_cells(const pb::ComparedRun& run) {
  return {run.directory(), run.scenario(), std::to_string(run.seed()), run.refused_budget()};
}

void add_row(std::vector<std::string> first, const std::vector<std::string>& rest,
             CsvTable& table) {
  first.insert(first.end(), rest.begin(), rest.end());
  table.add_row(first);
}

void add_month(const pb::Comparison& comparison, const pb::RefusedMonth& month, CsvTable& table) {
  struct Value {
    std::string indicator, unit;
    double value;
    std::string least_certain;
  };
  const std::array<Value, 6> values = {
      Value{"ordered", "packages", month.ordered(), ""},
      Value{"delivered", "packages", month.delivered(), ""},
      Value{"refused", "packages", month.refused(), ""},
      Value{"lost_training", "H100e", month.lost_training_h100e(), month.least_certain_training()},
      Value{"lost_prefill", "H100e", month.lost_prefill_h100e(), month.least_certain_prefill()},
      Value{"lost_decode", "H100e", month.lost_decode_h100e(), month.least_certain_decode()}};
  for (const auto& value : values) {
    add_row(run_cells(comparison.runs(static_cast<int>(month.run()))),
            {month.month(), value.indicator, month.device(), value.unit, format_exact(value.value),
             "", "", month.gate(), month.rule(), value.least_certain},
            table);
  }
}

}  // namespace

std::string comparison_csv(const pb::Comparison& comparison) {
  CsvTable table({"run", "scenario", "seed", "refused_budget", "month", "indicator", "subject",
                  "unit", "value", "difference", "difference_percent", "gate", "rule",
                  "least_certain_input"});
  for (const auto& indicator : comparison.indicators()) {
    for (int run = 0; run < comparison.runs_size(); ++run) {
      add_row(run_cells(comparison.runs(run)),
              {"", indicator.indicator(), indicator.subject(), indicator.unit(),
               format_exact(indicator.values(run)), format_exact(indicator.differences(run)),
               format_exact(indicator.percent(run)), "", "", ""},
              table);
    }
  }
  for (const auto& month : comparison.months()) add_month(comparison, month, table);
  return table.text();
}

}  // namespace chokepoint
