#include "tools/report/years/market_comparison.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "sim/measure/measured_table.hpp"
#include "sim/scenario/text/characters.hpp"
#include "sim/trace/world_names.hpp"
#include "tools/print/table_width.hpp"
#include "tools/report/comparison.hpp"
#include "tools/report/years/difference_table.hpp"

namespace chokepoint {
namespace {

constexpr std::size_t kLeastCertainShown = 6;
constexpr std::size_t kLongestCell = 200;

std::vector<YearlyRun> yearly_of(const MarketComparison& markets) {
  std::vector<YearlyRun> runs;
  for (const AnsweredRun& run : markets.answered) runs.push_back(run.yearly);
  return runs;
}

int year_to_show(const MarketComparison& markets, const std::vector<Claim>& claims,
                 const YearlyRun& other) {
  const auto both = common_years(markets.answered.front().yearly, other);
  if (markets.year != 0) return markets.year;
  for (const Claim& claim : claims) {
    for (const ClaimedFigure& figure : claim.figures) {
      if (std::ranges::count(both, figure.key.year) > 0) return figure.key.year;
    }
  }
  return both.empty() ? 0 : both.back();
}

/// A figure that losses rest on and that is trusted least, and how much rests on it.
struct LeastCertain {
  std::string path, words;
  double lost_h100e = 0.0;  ///< Training that was refused, over all runs.
};

/// Those on which most rests first.
std::vector<LeastCertain> least_certain_inputs(const std::vector<RecordedRun>& runs) {
  std::map<std::string, LeastCertain> by_path;
  for (const RecordedRun& run : runs) {
    for (const auto& [key, refusal] : run.account.refusals) {
      for (const InputId input : refusal.least_certain_training) {
        const std::string path(view_of(*run.world, input));
        LeastCertain& one = by_path[path];
        one.path = path;
        if (one.words.empty()) one.words = in_words(*run.world, input);
        one.lost_h100e += refusal.lost.training_h100e;
      }
    }
  }
  std::vector<LeastCertain> all;
  for (auto& [path, one] : by_path) all.push_back(std::move(one));
  std::ranges::stable_sort(all, std::greater{}, &LeastCertain::lost_h100e);
  if (all.size() > kLeastCertainShown) all.resize(kLeastCertainShown);
  return all;
}

std::string least_certain_text(const std::vector<RecordedRun>& runs) {
  std::string text;
  for (const LeastCertain& one : least_certain_inputs(runs)) {
    text += paragraph(fmt::format("{} = {}", one.path, one.words), kTableColumns, 2, 2);
  }
  return text.empty() ? "" : "\nFigures to trust least among those that losses rest on\n" + text;
}

/// A line where the runs are of several seeds; else empty.
std::string seeds_text(const std::vector<RecordedRun>& runs) {
  const bool are_alike = std::ranges::all_of(runs, [&](const RecordedRun& run) {
    return run.manifest.seed() == runs.front().manifest.seed();
  });
  return are_alike ? ""
                   : "The runs are of several seeds: their draws share nothing, which makes bands "
                     "wide.\n";
}

JsonValue json_of_change(const pb::ScenarioChange& change) {
  return JsonValue::object()
      .add("kind", change.kind())
      .add("path", change.path())
      .add("before", shortened(change.before(), kLongestCell))
      .add("after", shortened(change.after(), kLongestCell))
      .add("where", change.where());
}

JsonValue json_of_runs(const MarketComparison& markets) {
  JsonValue list = JsonValue::list();
  for (std::size_t i = 0; i < markets.recorded.size(); ++i) {
    const pb::Manifest& manifest = markets.recorded[i].manifest;
    JsonValue changes = JsonValue::list();
    for (const auto& change : manifest.changes()) changes.push(json_of_change(change));
    JsonValue run = JsonValue::object();
    run.add("run", markets.answered[i].yearly.name)
        .add("scenario", manifest.scenario().name())
        .add("question", markets.answered[i].question)
        .add("base", manifest.base())
        .add("seed", static_cast<double>(manifest.seed()))
        .add("draws", static_cast<double>(markets.answered[i].yearly.draws.size()))
        .add("truncated", markets.recorded[i].truncated)
        .add("changes", std::move(changes));
    list.push(std::move(run));
  }
  return list;
}

JsonValue json_of_inputs(const std::vector<RecordedRun>& runs) {
  JsonValue list = JsonValue::list();
  for (const LeastCertain& one : least_certain_inputs(runs)) {
    list.push(JsonValue::object().add("path", one.path).add("is", one.words));
  }
  return list;
}

/// Every published figure that a run shows, with the ratio of the run to it.
JsonValue json_of_published(const std::vector<PublishedOfRun>& runs) {
  JsonValue list = JsonValue::list();
  for (const PublishedOfRun& run : runs) {
    for (const MeasuredRow& row : read_measured_table(run.csv)) {
      if (cell(row, "ratio").empty()) continue;
      list.push(JsonValue::object()
                    .add("run", run.name)
                    .add("series", std::string(cell(row, "series")))
                    .add("period", std::string(cell(row, "period")))
                    .add("unit", std::string(cell(row, "unit")))
                    .add("published", number_in(row, "published", 0.0))
                    .add("ratio", number_in(row, "ratio", 0.0)));
    }
  }
  return list;
}

}  // namespace

std::string market_comparison_text(const MarketComparison& markets) {
  const auto claims = answer(markets.answered);
  const auto runs = yearly_of(markets);
  std::string text = answer_text(claims);
  text += other_periods_text(runs) + seeds_text(markets.recorded);
  text += "\nScenarios\n" + scenarios_text(compare(markets.recorded));
  for (std::size_t i = 1; i < runs.size(); ++i) {
    const int year = year_to_show(markets, claims, runs[i]);
    text += "\n" + differences_text(PairedRuns(runs.front(), runs[i]), year);
  }
  return text + paired_text(runs) + published_beside_text(markets.published) +
         least_certain_text(markets.recorded);
}

Table market_comparison_table(const MarketComparison& markets) {
  return differences_table(yearly_of(markets));
}

JsonValue market_comparison_json(const MarketComparison& markets) {
  return JsonValue::object()
      .add("schema", "chokepoint.compare.years/1")
      .add("answer", answer_json(answer(markets.answered)))
      .add("notes", other_periods_text(yearly_of(markets)) + seeds_text(markets.recorded))
      .add("runs", json_of_runs(markets))
      .add("figures", to_json(market_comparison_table(markets)))
      .add("least_certain_inputs", json_of_inputs(markets.recorded))
      .add("published", json_of_published(markets.published));
}

}  // namespace chokepoint
