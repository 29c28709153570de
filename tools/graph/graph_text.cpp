#include "tools/graph/graph_text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace chokepoint {
namespace {

constexpr std::size_t kShownRanks = 16;
constexpr double kMilli = 1e3;

Table rank_table(const LoadedGraphs& loaded, const RankPlacement& placement,
                 const GraphAnswer& answer) {
  Table table("ranks", {{"rank", Type::Count},
                        {"device", Type::Text},
                        {"ends_ms", Type::Real},
                        {"computing_ms", Type::Real},
                        {"communicating_ms", Type::Real},
                        {"exposed_ms", Type::Real},
                        {"idle_ms", Type::Real}});
  for (std::size_t g = 0; g < loaded.graphs.size(); ++g) {
    const PlayedRank& rank = answer.ranks[g];
    table.add_row({loaded.graphs[g].rank, placement.pool_of(loaded.graphs[g].rank).device_name,
                   rank.ends.value * kMilli, rank.computing.value * kMilli,
                   rank.communicating.value * kMilli, rank.exposed.value * kMilli,
                   (answer.step - rank.computing - rank.exposed).value * kMilli});
  }
  return table;
}

Table kind_table(const GraphAnswer& answer) {
  Table table("kinds", {{"kind", Type::Text},
                        {"count", Type::Count},
                        {"time_ms", Type::Real},
                        {"operations_tflop", Type::Real},
                        {"size_gb", Type::Real}});
  for (const auto& [kind, sum] : answer.kinds) {
    table.add_row({kind, sum.count, sum.time.value * kMilli, sum.operations.value * 1e-12,
                   sum.bytes.value * 1e-9});
  }
  return table;
}

std::string understood(const LoadedGraphs& loaded, const RankPlacement& placement) {
  std::string text = fmt::format(
      "\nRead as {}: num_ops counts {}, sizes are in {}.\n",
      loaded.schema.empty() ? "a trace of unknown schema" : "schema " + loaded.schema,
      loaded.counts_multiply_adds ? "multiply-adds" : "operations",
      loaded.bytes_per_unit == 1 ? "bytes" : format_value(loaded.bytes_per_unit) + " bytes each");
  const RankPool& pool = placement.pool_of(loaded.graphs.front().rank);
  text += fmt::format(
      "Products at {:.0f} of {:.0f} TFLOPS, memory at {:.2f} TB/s, collectives in closed form.\n",
      pool.products.value * 1e-12, pool.peak.value * 1e-12, pool.stream.value * 1e-12);
  if (loaded.without_time > 0) {
    text += fmt::format("{} of them say neither work nor a duration, and take no time.\n",
                        loaded.without_time);
  }
  if (loaded.unknown_parents > 0) {
    text += fmt::format("{} times one was to wait for a node that is not in its file.\n",
                        loaded.unknown_parents);
  }
  return text;
}

}  // namespace

std::string graph_text(const LoadedGraphs& loaded, const RankPlacement& placement,
                       const GraphAnswer& answer) {
  std::string text = fmt::format(
      "{} operators of {} of {} ranks: a step of {} ms, {} of peak; the longest chain takes {} "
      "ms\n\n",
      format_value(static_cast<double>(answer.operators)), loaded.graphs.size(), loaded.ranks,
      format_value(answer.step.value * kMilli), format_share<1>(answer.of_peak),
      format_value(answer.longest_chain.value * kMilli));
  const Table ranks = rank_table(loaded, placement, answer);
  if (ranks.rows().size() <= kShownRanks) {
    text += to_text(ranks);
  } else {
    Table shown(ranks.name(), ranks.columns());
    for (std::size_t i = 0; i < kShownRanks; ++i) shown.add_row(ranks.rows()[i]);
    text +=
        to_text(shown) + fmt::format("... and {} ranks more\n", ranks.rows().size() - kShownRanks);
  }
  return text + "\n" + to_text(kind_table(answer)) + understood(loaded, placement);
}

JsonValue graph_json(const LoadedGraphs& loaded, const RankPlacement& placement,
                     const GraphAnswer& answer) {
  return JsonValue::object()
      .add("schema", "chokepoint.replay.graph/1")
      .add("trace_schema", loaded.schema)
      .add("operators", static_cast<double>(answer.operators))
      .add("ranks", static_cast<double>(loaded.ranks))
      .add("step_s", answer.step.value)
      .add("longest_chain_s", answer.longest_chain.value)
      .add("share_of_peak", answer.of_peak)
      .add("counts_multiply_adds", loaded.counts_multiply_adds)
      .add("bytes_per_unit", loaded.bytes_per_unit)
      .add("without_time", static_cast<double>(loaded.without_time))
      .add("unknown_parents", static_cast<double>(loaded.unknown_parents))
      .add("by_rank", to_json(rank_table(loaded, placement, answer)))
      .add("by_kind", to_json(kind_table(answer)));
}

Table operator_table(const LoadedGraphs& loaded, const GraphAnswer& answer) {
  Table table("operators", {{"rank", Type::Count},
                            {"id", Type::Count},
                            {"name", Type::Text},
                            {"kind", Type::Text},
                            {"begins_s", Type::Real},
                            {"takes_s", Type::Real}});
  for (std::size_t g = 0; g < loaded.graphs.size(); ++g) {
    const auto& operators = loaded.graphs[g].operators;
    for (std::size_t i = 0; i < operators.size(); ++i) {
      const PlayedOperator& one = answer.ranks[g].operators[i];
      table.add_row({loaded.graphs[g].rank, operators[i].id, operators[i].name,
                     name(operators[i].kind), one.begins.value, (one.ends - one.begins).value});
    }
  }
  return table;
}

}  // namespace chokepoint
