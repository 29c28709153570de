#include "tools/page/replay/shared_figures.hpp"

#include <algorithm>
#include <array>

#include "models/scoring/scores.hpp"
#include "tools/page/words.hpp"

namespace chokepoint {

namespace {

/// What seconds are told in, by how many there are.
struct Clock {
  double least, seconds;
  const char* unit;
};
constexpr std::array kClocks = {Clock{3 * 86'400.0, 86'400.0, "days"},
                                Clock{3 * 3'600.0, 3'600.0, "hours"},
                                Clock{3 * 60.0, 60.0, "minutes"}, Clock{0.0, 1.0, "s"}};

const Clock& clock_of(double seconds) {
  return *std::ranges::find_if(kClocks, [&](const Clock& clock) { return seconds >= clock.least; });
}

std::vector<double> shares_shown() {
  std::vector<double> shares;
  for (int percent = 1; percent < 100; ++percent) shares.push_back(percent);
  shares.push_back(99.5);
  shares.push_back(99.9);
  return shares;
}

/// Means of what `changes` sum up to, over `bins` equal steps of [0, end].
std::vector<double> means_of(std::vector<std::pair<double, double>> changes, double end,
                             std::size_t bins) {
  std::ranges::sort(changes);
  std::vector<double> means(bins, 0.0);
  const double step = end / static_cast<double>(bins);
  double level = 0.0;
  std::size_t next = 0;
  for (std::size_t bin = 0; bin < bins; ++bin) {
    double at = step * static_cast<double>(bin);
    const double until = step * static_cast<double>(bin + 1);
    double area = 0.0;
    for (; next < changes.size() && changes[next].first < until; ++next) {
      const double moment = std::max(at, changes[next].first);
      area += level * (moment - at);
      at = moment;
      level += changes[next].second;
    }
    means[bin] = (area + level * (until - at)) / step;
  }
  return means;
}

}  // namespace

PageFigure quantile_figure(const std::string& id, const std::vector<NamedValues>& things,
                           const std::string& suffix, const std::string& unit,
                           const std::string& along) {
  std::vector<Column> columns = {Column("percent", Type::Real, along)};
  std::vector<DrawnColumn> drawn;
  std::vector<const NamedValues*> shown;
  for (const NamedValues& thing : things) {
    if (thing.values.empty()) continue;
    columns.emplace_back(thing.name + suffix, Type::Real, thing.name);
    drawn.push_back({thing.name + suffix, thing.name, thing.name, false, "", ""});
    shown.push_back(&thing);
  }
  Table table(id, std::move(columns));
  for (const double percent : shares_shown()) {
    std::vector<Cell> row = {percent};
    for (const NamedValues* thing : shown) row.emplace_back(quantile(thing->values, percent / 100));
    table.add_row(std::move(row));
  }
  PageFigure figure{id, Form::Lines, "", "", "", std::move(table), std::move(drawn), unit, along};
  return figure;
}

PageFigure level_figure(const std::string& id, std::vector<NamedChanges> things,
                        const std::string& suffix, const std::string& unit, std::size_t bins) {
  double end = 0.0;
  for (const NamedChanges& thing : things) {
    for (const auto& [moment, change] : thing.changes) end = std::max(end, moment);
  }
  const Clock& clock = clock_of(end);
  std::vector<Column> columns = {Column(std::string("time_") + clock.unit, Type::Real, clock.unit)};
  std::vector<DrawnColumn> drawn;
  std::vector<std::vector<double>> means;
  for (NamedChanges& thing : things) {
    if (thing.changes.empty() || end <= 0.0) continue;
    columns.emplace_back(thing.name + suffix, Type::Real, thing.name);
    drawn.push_back({thing.name + suffix, thing.name, thing.name, false, "", ""});
    means.push_back(means_of(std::move(thing.changes), end, bins));
  }
  Table table(id, std::move(columns));
  for (std::size_t bin = 0; bin < bins && !means.empty(); ++bin) {
    std::vector<Cell> row = {end * static_cast<double>(bin + 1) / static_cast<double>(bins) /
                             clock.seconds};
    for (const auto& values : means) row.emplace_back(std::max(0.0, values[bin]));
    table.add_row(std::move(row));
  }
  PageFigure figure{id,   Form::Lines, "", "", "", std::move(table), std::move(drawn),
                    unit, clock.unit};
  figure.tells_peaks = true;
  return figure;
}

std::string peaks_in_words(const PageFigure& figure, const std::string& preposition) {
  std::vector<std::pair<double, std::string>> peaks;
  for (const DrawnColumn& drawn : figure.drawn) {
    const auto& columns = figure.data.columns();
    const auto at = std::ranges::find(columns, drawn.column, &Column::name) - columns.begin();
    double most = 0.0;
    for (const auto& row : figure.data.rows()) {
      const auto* value = std::get_if<double>(&row[static_cast<std::size_t>(at)]);
      if (value != nullptr) most = std::max(most, *value);
    }
    peaks.emplace_back(-most, drawn.label);
  }
  std::ranges::stable_sort(peaks, {}, [](const auto& peak) { return peak.first; });
  std::string words;
  for (const auto& [negative, label] : peaks) {
    words +=
        (words.empty() ? "" : ", ") + amount_in_words(-negative) + " " + preposition + " " + label;
  }
  return words;
}

std::vector<PageFact> replay_facts(const std::string& what, const std::string& seed,
                                   const std::string& version) {
  std::vector<PageFact> facts = {{"Study", what}};
  if (!seed.empty()) facts.push_back({"Seed", seed});
  facts.push_back({"chokepoint", version});
  return facts;
}

}  // namespace chokepoint
