#include "tools/report/run_tables.hpp"

#include <algorithm>
#include <set>

#include "tools/report/comparison.hpp"
#include "tools/report/indicators.hpp"

namespace chokepoint {
namespace {

bool is_result(const Indicator& indicator) {
  static const std::set<std::string> wholes = {"ordered",
                                               "delivered",
                                               "refused",
                                               "outstanding",
                                               "substitutes_delivered",
                                               "tokens_served",
                                               "tokens_unmet",
                                               "energy",
                                               "lent_node_hours",
                                               "training_on_lent",
                                               "gangs_taken_back",
                                               "tokens_unmet_in_return",
                                               "serving_cost",
                                               "training_cost",
                                               "idle_cost",
                                               "usable_h100e_training",
                                               "usable_h100e_prefill",
                                               "usable_h100e_decode"};
  static const std::set<std::string> parts = {"refused", "training_progress", "training_goodput",
                                              "cost_of_tokens", "cost_of_training_flops"};
  if (indicator.split.empty()) return wholes.count(indicator.name) > 0;
  const bool is_part = indicator.split == "job" || indicator.name.starts_with("cost_of");
  return parts.count(indicator.name) > 0 && (indicator.split == "rule" || is_part);
}

std::string label_of(const Indicator& indicator) {
  return indicator.split == "rule" ? "  by" : in_words(indicator.name);
}

}  // namespace

std::string run_summary(const RunAccount& account) {
  Table table("summary", {"result", "of", Column("value", Type::Real), "unit"});
  const auto all = indicators_of(account);
  const bool is_ordered = std::ranges::any_of(
      all, [](const Indicator& one) { return one.name == "ordered" && one.value > 0.0; });
  for (const auto& indicator : all) {
    if (!is_result(indicator)) continue;
    // Of what the scenario has not, there is nothing to tell; that nothing of what was ordered
    // came, or was refused, is news.
    const bool is_of_orders = indicator.name == "delivered" || indicator.name == "refused";
    if (indicator.value == 0.0 && !(is_ordered && is_of_orders)) continue;
    table.add_row({label_of(indicator), indicator.subject, indicator.value, indicator.unit});
  }
  return to_text(table);
}

}  // namespace chokepoint
