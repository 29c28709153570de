#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "sim/measure/measured_table.hpp"
#include "tools/report/study/study_text.hpp"

namespace chokepoint {

namespace {

constexpr std::size_t kMostBeside = 12;
/// Differences of ratios that two decimals do not show.
constexpr double kAlike = 0.005;

/// A published figure with each run's ratio to it; unset where a run does not cover it.
struct Beside {
  MeasuredRow figure;
  std::vector<std::optional<double>> ratios;

  double spread() const {
    constexpr double kInfinite = std::numeric_limits<double>::infinity();
    double low = kInfinite, high = -kInfinite;
    for (const auto& ratio : ratios) {
      if (!ratio) continue;
      low = std::min(low, *ratio);
      high = std::max(high, *ratio);
    }
    return high > low ? high - low : 0.0;
  }
};

/// Figures of any run, in their order: first those of the first.
std::vector<Beside> all_beside(const std::vector<PublishedOfRun>& runs) {
  std::vector<Beside> all;
  std::map<std::pair<std::string, std::string>, std::size_t> known;
  for (std::size_t run = 0; run < runs.size(); ++run) {
    for (MeasuredRow& row : read_measured_table(runs[run].csv)) {
      if (cell(row, "ratio").empty()) continue;
      const double ratio = number_in(row, "ratio", 0.0);
      const auto [at, is_new] = known.try_emplace(
          {std::string(cell(row, "series")), std::string(cell(row, "period"))}, all.size());
      if (is_new) all.push_back({std::move(row), decltype(Beside::ratios)(runs.size())});
      all[at->second].ratios[run] = ratio;
    }
  }
  return all;
}

}  // namespace

std::string published_beside_text(const std::vector<PublishedOfRun>& runs) {
  std::vector<Beside> all = all_beside(runs);
  if (all.empty()) return {};
  const std::size_t known = all.size();
  if (known > kMostBeside) {
    std::erase_if(all, [](const Beside& one) { return one.spread() < kAlike; });
    std::ranges::stable_sort(
        all, [](const Beside& a, const Beside& b) { return a.spread() > b.spread(); });
    all.resize(std::min(kMostBeside, all.size()));
  }
  std::string text = fmt::format("\nbeside what was published: ratio of each run, {} of {} figures",
                                 all.size(), known);
  if (all.size() < known) text += ", those on which the runs differ most";
  text += "\n";
  std::vector<Column> columns = {"series", "period", "unit",
                                 Column("published", Type::Real, "", format_magnitude)};
  for (const PublishedOfRun& run : runs) {
    columns.emplace_back(run.name, Type::Real, run.name, format_fixed<2>, columns.size() - 3);
  }
  Table table("published_beside", std::move(columns));
  for (const Beside& one : all) {
    std::vector<Cell> cells = {cell(one.figure, "series"), cell(one.figure, "period"),
                               cell(one.figure, "unit"), number_in(one.figure, "published", 0.0)};
    cells.insert(cells.end(), one.ratios.begin(), one.ratios.end());
    table.add_row(std::move(cells));
  }
  return text + (all.empty() ? "they show the same of all\n" : to_text(table));
}

}  // namespace chokepoint
