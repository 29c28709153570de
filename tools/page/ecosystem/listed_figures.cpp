#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "models/scoring/scores.hpp"
#include "sim/indicators/headlines.hpp"
#include "tools/page/ecosystem/ecosystem_page.hpp"
#include "tools/page/words.hpp"

namespace chokepoint {

namespace {

constexpr std::size_t kMostRules = 15;

/// Of every pair of draws, rising; none without pairs.
std::vector<double> differences_of(const RunPair& pair, const Headline& headline) {
  std::vector<double> all;
  for (const auto& [draw, figures] : pair.run.yearly.draws) {
    const auto base = pair.base->yearly.draws.find(draw);
    if (base == pair.base->yearly.draws.end()) continue;
    all.push_back(value_of(headline, figures) - value_of(headline, base->second));
  }
  std::ranges::sort(all);
  if (all.size() < 2) all.clear();
  return all;
}

PageFigure changes_figure(const RunPair& pair) {
  const int year = telling_year(pair);
  Table table(
      "changes",
      {Column("indicator", Type::Text, "Indicator"), Column("of", Type::Text, "Of"),
       Column("unit", Type::Text, "Unit"), Column("baseline", Type::Real, "Baseline"),
       Column("run", Type::Real, "This run"), Column("difference", Type::Real, "Difference"),
       Column("difference_percent", Type::Real, "In %"), Column("low", Type::Real, "5 % of pairs"),
       Column("high", Type::Real, "95 % of pairs")});
  const auto& base = pair.base->yearly.itself;
  const auto& run = pair.run.yearly.itself;
  for (const Headline& headline : headlines(base, run, year)) {
    const double there = value_of(headline, base), here = value_of(headline, run);
    if (there == 0.0 && here == 0.0) continue;
    const auto pairs = differences_of(pair, headline);
    std::string words = headline.indicator;
    std::ranges::replace(words, '_', ' ');
    table.add_row({words, headline.subject, headline.unit, there, here, here - there,
                   there != 0.0 ? Cell(100.0 * (here / there - 1.0)) : Cell(),
                   pairs.empty() ? Cell() : Cell(quantile(pairs, kTail)),
                   pairs.empty() ? Cell() : Cell(quantile(pairs, 1.0 - kTail))});
  }
  if (pair.run.yearly.draws.size() < 2) table = table.without({"low", "high"});
  return {
      "changes",
      Form::Listing,
      fmt::format("What differs in {}", year),
      fmt::format("Headline indicators of {}, the year in which the runs differ most over all of "
                  "them, this run beside the baseline.{}",
                  year,
                  pair.run.yearly.draws.size() < 2
                      ? " Without draws nobody knows which small differences are noise."
                      : " A range with zero in it says that the sign is not known."),
      pair.run.name + "/tables/yearly.csv, " + pair.base->name + "/tables/yearly.csv",
      std::move(table),
      {}};
}

/// What rules held back in the mainland's trade and elsewhere, in both runs.
PageFigure rulings_figure(const RunPair& pair) {
  Table table(
      "rulings",
      {Column("rule", Type::Text, "Rule"), Column("government", Type::Text, "Of"),
       Column("in_force_from", Type::Day, "In force"), Column("title", Type::Text, "What it says"),
       Column("held_back_packages", Type::Real, "Packages held back"),
       Column("held_back_usd", Type::Real, "Worth, USD"),
       Column("lost_training_usable_h100e", Type::Real, "Training lost, H100e"),
       Column("baseline_held_back_packages", Type::Real, "Packages, baseline")});
  std::map<std::string, double> base;
  if (pair.base != nullptr) {
    for (const auto& [rule, held] : pair.base->history->held_back) {
      base[pair.base->world->regime.rules[rule.value].name] = held.units;
    }
  }
  std::vector<std::pair<RuleId, HeldBack>> ranked(pair.run.history->held_back.begin(),
                                                  pair.run.history->held_back.end());
  std::ranges::stable_sort(ranked, std::greater(),
                           [](const auto& held) { return held.second.value.value; });
  if (ranked.size() > kMostRules) ranked.resize(kMostRules);
  for (const auto& [id, held] : ranked) {
    const Rule& rule = pair.world().regime.rules[id.value];
    const auto there = base.find(rule.name);
    table.add_row({rule.name, rule.government.text(), rule.validity.effective, rule.title,
                   held.units, held.value.value, held.lost_training_h100e,
                   there == base.end() ? Cell() : Cell(there->second)});
  }
  if (pair.base == nullptr) table = table.without({"baseline_held_back_packages"});
  const Rule* most =
      ranked.empty() ? nullptr : &pair.world().regime.rules[ranked.front().first.value];
  const std::string title =
      most == nullptr
          ? "No rule holds anything back for good"
          : fmt::format("\"{}\" ({}) holds back most: {} packages worth {}", most->title,
                        most->government.text(), amount_in_words(ranked.front().second.units),
                        money_in_words(ranked.front().second.value.value));
  return {"rulings",
          Form::Listing,
          title,
          "What each rule held back for good over the whole run, wherever it was to go, by the "
          "exporter's rule where both governments held. What an order asks for again counts again: "
          "a refused wish of one month may come back in the next.",
          pair.run.name + "/tables/refusals.csv",
          std::move(table),
          {}};
}

}  // namespace

std::vector<PageFigure> listed_figures(const RunPair& pair) {
  std::vector<PageFigure> figures;
  if (pair.base != nullptr) {
    auto changes = changes_figure(pair);
    if (!changes.data.is_empty()) figures.push_back(std::move(changes));
  }
  auto rulings = rulings_figure(pair);
  if (!rulings.data.is_empty()) figures.push_back(std::move(rulings));
  return figures;
}

}  // namespace chokepoint
