#include "tools/report/comparison.hpp"

#include <iterator>
#include <utility>

#include "tools/print/table.hpp"

namespace chokepoint {
namespace {

/// Adds what names `run`, then `rest`.
void add_row(const pb::ComparedRun& run, std::vector<Cell> rest, Table& table) {
  std::vector<Cell> cells = {run.directory(), run.scenario(), std::to_string(run.seed()),
                             run.refused_budget()};
  std::move(rest.begin(), rest.end(), std::back_inserter(cells));
  table.add_row(std::move(cells));
}

void add_month(const pb::ComparedRun& run, const pb::RefusedMonth& month, Table& table) {
  const auto add = [&](const char* indicator, const char* unit, double value,
                       const std::string& least_certain) {
    add_row(run,
            {month.month(), indicator, month.device(), unit, value, Cell(), Cell(), month.gate(),
             month.rule(), least_certain},
            table);
  };
  add("ordered", "packages", month.ordered(), "");
  add("delivered", "packages", month.delivered(), "");
  add("refused", "packages", month.refused(), "");
  add("lost_training", "H100e", month.lost_training_h100e(), month.least_certain_training());
  add("lost_prefill", "H100e", month.lost_prefill_h100e(), month.least_certain_prefill());
  add("lost_decode", "H100e", month.lost_decode_h100e(), month.least_certain_decode());
}

}  // namespace

std::string comparison_csv(const pb::Comparison& comparison) {
  Table table("comparison",
              {"run", "scenario", "seed", "refused_budget", "month", "indicator", "subject", "unit",
               Column("value", Type::Real), Column("difference", Type::Real), "difference_percent",
               "gate", "rule", "least_certain_input"});
  for (const auto& indicator : comparison.indicators()) {
    for (int run = 0; run < comparison.runs_size(); ++run) {
      add_row(
          comparison.runs(run),
          {Cell(), indicator.indicator(), indicator.subject(), indicator.unit(),
           indicator.values(run), indicator.differences(run), indicator.percent(run), "", "", ""},
          table);
    }
  }
  for (const auto& month : comparison.months()) {
    add_month(comparison.runs(static_cast<int>(month.run())), month, table);
  }
  return to_csv(table);
}

}  // namespace chokepoint
