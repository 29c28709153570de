#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "models/scoring/scores.hpp"
#include "sim/indicators/listing.hpp"
#include "tools/page/ecosystem/ecosystem_page.hpp"
#include "tools/page/words.hpp"

namespace chokepoint {

namespace {

/// A stock of the mainland: how it is sampled, and what its year's end is called.
struct Stock {
  Counter counter;
  YearlyIndicator at_years_end;
  const char* id;
  const char* word;
  const char* hue;  ///< Where both are drawn.
};
constexpr std::array kStocks = {Stock{Counter::H100eTraining, indicator("installed_training"),
                                      "stock_training", "training", "run"},
                                Stock{Counter::H100eDecode, indicator("installed_decode"),
                                      "stock_decode", "decoding", "second"}};

constexpr double kThousand = 1e3;

const DayTrack* mainland_track(const EcosystemRun* run, Counter counter) {
  if (run == nullptr) return nullptr;
  const auto found = run->history->installed.find({counter, Region::Mainland});
  return found == run->history->installed.end() ? nullptr : &found->second;
}

/// Of the year that ends on the first of January `day`; nothing on other days.
std::optional<int> year_ended(Date day) {
  const int before = year_of(day - std::chrono::days(1));
  return before != year_of(day) ? std::optional(before) : std::nullopt;
}

/// What `figure` is in every draw, rising; less that of the same draw of `base` where there is one.
std::vector<double> over_draws(const EcosystemRun& run, const EcosystemRun* base,
                               const YearlyKey& key) {
  std::vector<double> values;
  if (!run.yearly.itself.contains(key)) return values;  // A year that the run does not have.
  for (const auto& [draw, figures] : run.yearly.draws) {
    double value = value_or_none(figures, key);
    if (base != nullptr) {
      const auto other = base->yearly.draws.find(draw);
      if (other == base->yearly.draws.end()) continue;
      value -= value_or_none(other->second, key);
    }
    values.push_back(value);
  }
  std::ranges::sort(values);
  if (values.size() < 2) values.clear();
  return values;
}

Cell end_of_band(const std::vector<double>& values, double at) {
  return values.empty() ? Cell() : Cell(quantile(values, at) / kThousand);
}

/// The last day that has a sample, and its value.
std::pair<Date, double> last_of(const DayTrack& track) {
  return *track.rbegin();
}

std::string stock_title(const Stock& stock, const DayTrack& run, const DayTrack* base) {
  const auto [day, value] = last_of(run);
  const std::string held = fmt::format("{} usable H100e for {} stand in the mainland in {}",
                                       amount_in_words(value), stock.word, format_month(day));
  if (base == nullptr || base->empty()) return held;
  return fmt::format("{}; baseline {}", held, amount_in_words(last_of(*base).second));
}

/// The run, the baseline and the band of the run's draws.
PageFigure stock_figure(const RunPair& pair, const Stock& stock, const DayTrack& run,
                        const DayTrack* base) {
  const bool has_bands = pair.run.yearly.draws.size() >= 2;
  std::vector<Column> columns = {Column("day", Type::Day, "Day"),
                                 Column("run_thousand_h100e", Type::Real, "This run")};
  if (base != nullptr) columns.emplace_back("baseline_thousand_h100e", Type::Real, "Baseline");
  if (has_bands) {
    columns.emplace_back("low_thousand_h100e", Type::Real, "5 % of draws");
    columns.emplace_back("high_thousand_h100e", Type::Real, "95 % of draws");
  }
  Table table(stock.id, std::move(columns));
  for (const auto& [day, value] : run) {
    std::vector<Cell> row = {day, value / kThousand};
    if (base != nullptr) {
      const auto there = base->find(day);
      row.push_back(there == base->end() ? Cell() : Cell(there->second / kThousand));
    }
    if (has_bands) {
      const auto year = year_ended(day);
      const auto values =
          year ? over_draws(pair.run, nullptr, stock.at_years_end.of("mainland", *year))
               : std::vector<double>{};
      row.push_back(end_of_band(values, kTail));
      row.push_back(end_of_band(values, 1.0 - kTail));
    }
    table.add_row(std::move(row));
  }
  std::vector<DrawnColumn> drawn = {{"run_thousand_h100e", "This run", "run", false,
                                     has_bands ? "low_thousand_h100e" : "",
                                     has_bands ? "high_thousand_h100e" : ""}};
  if (base != nullptr) {
    drawn.push_back({"baseline_thousand_h100e", "Baseline", "baseline", true, "", ""});
  }
  std::string caption = fmt::format(
      "Thousand H100-equivalents that what is installed in the mainland can use for {}, at the "
      "maturity of its software on the day.",
      stock.word);
  if (base != nullptr) caption += " Dashed: the baseline.";
  caption += has_bands ? fmt::format(" Band: the middle 90 % of {} draws at each year's end.",
                                     pair.run.yearly.draws.size())
                       : " One run without draws: it has no band, so small gaps may be noise.";
  PageFigure figure{stock.id,
                    Form::Lines,
                    stock_title(stock, run, base),
                    caption,
                    pair.run.name + "/trace.pftrace, counters of compute",
                    std::move(table),
                    std::move(drawn),
                    "thousand H100e"};
  figure.has_events = true;
  figure.is_half = true;
  return figure;
}

/// What the run has more at the end of the telling year; without a sign where draws know none.
std::string gap_title(const RunPair& pair) {
  const int year = telling_year(pair);
  std::vector<std::string> parts;
  for (const Stock& stock : kStocks) {
    const YearlyKey key = stock.at_years_end.of("mainland", year);
    const auto values = over_draws(pair.run, pair.base, key);
    const double change =
        value_or_none(pair.run.yearly.itself, key) - value_or_none(pair.base->yearly.itself, key);
    const bool is_noise = !values.empty() && !stands_out(values);
    parts.push_back(fmt::format("{} for {}{}",
                                change_in_words(values.empty() ? change : quantile(values, 0.5)),
                                stock.word, is_noise ? " (within noise)" : ""));
  }
  return fmt::format("This run less the baseline at the end of {}: {}, {}", year, parts[0],
                     parts[1]);
}

/// What the run has more than the baseline, with the band of pairs of draws.
PageFigure gap_figure(const RunPair& pair) {
  std::vector<Column> columns = {Column("day", Type::Day, "Day")};
  std::vector<DrawnColumn> drawn;
  const bool has_bands =
      !over_draws(pair.run, pair.base, kStocks[0].at_years_end.of("mainland", telling_year(pair)))
           .empty();
  for (const Stock& stock : kStocks) {
    const std::string name = std::string(stock.word) + "_thousand_h100e";
    columns.emplace_back(name, Type::Real, stock.word);
    const std::string low = std::string(stock.word) + "_low_thousand_h100e";
    const std::string high = std::string(stock.word) + "_high_thousand_h100e";
    if (has_bands) {
      columns.emplace_back(low, Type::Real, std::string(stock.word) + ", 5 % of pairs");
      columns.emplace_back(high, Type::Real, std::string(stock.word) + ", 95 % of pairs");
    }
    drawn.push_back(
        {name, stock.word, stock.hue, false, has_bands ? low : "", has_bands ? high : ""});
  }
  Table table("gap", std::move(columns));
  std::set<Date> days;
  for (const Stock& stock : kStocks) {
    for (const auto& [day, value] : *mainland_track(&pair.run, stock.counter)) days.insert(day);
  }
  for (const Date day : days) {
    std::vector<Cell> row = {day};
    for (const Stock& stock : kStocks) {
      const DayTrack& run = *mainland_track(&pair.run, stock.counter);
      const DayTrack& base = *mainland_track(pair.base, stock.counter);
      const bool has_both = run.contains(day) && base.contains(day);
      row.push_back(has_both ? Cell((run.at(day) - base.at(day)) / kThousand) : Cell());
      if (!has_bands) continue;
      const auto year = year_ended(day);
      const auto values =
          year ? over_draws(pair.run, pair.base, stock.at_years_end.of("mainland", *year))
               : std::vector<double>{};
      row.push_back(end_of_band(values, kTail));
      row.push_back(end_of_band(values, 1.0 - kTail));
    }
    table.add_row(std::move(row));
  }
  PageFigure figure{
      "gap",
      Form::Lines,
      gap_title(pair),
      std::string("Thousand usable H100-equivalents installed in the mainland, this run less the "
                  "baseline. ") +
          (has_bands ? "Band: the middle 90 % of pairs of draws; where it includes zero, the sign "
                       "is not known."
                     : "One run of each, without draws: the sign of a small gap is not known."),
      pair.run.name + " and " + pair.base->name + ", counters of compute",
      std::move(table),
      std::move(drawn),
      "thousand H100e"};
  figure.has_events = true;
  return figure;
}

bool has_values(const DayTrack* track) {
  return track != nullptr &&
         std::ranges::any_of(*track, [](const auto& sample) { return sample.second > 0.0; });
}

}  // namespace

std::vector<PageFigure> stock_figures(const RunPair& pair) {
  std::vector<PageFigure> figures;
  bool all_paired = pair.base != nullptr;
  for (const Stock& stock : kStocks) {
    const DayTrack* run = mainland_track(&pair.run, stock.counter);
    const DayTrack* base = mainland_track(pair.base, stock.counter);
    all_paired = all_paired && has_values(run) && has_values(base);
    if (!has_values(run)) continue;
    figures.push_back(stock_figure(pair, stock, *run, base));
  }
  if (all_paired) figures.push_back(gap_figure(pair));
  return figures;
}

}  // namespace chokepoint
