#include "tools/sweep/collected_sweep.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "models/scoring/scores.hpp"
#include "sim/study/forecast/ensemble.hpp"
#include "sim/sweep/information_set.hpp"
#include "sim/sweep/replicas.hpp"
#include "tools/report/yearly_table.hpp"

namespace chokepoint {
namespace {

// Draws of a point while they are read.
class PointReader {
public:
  void add(int draw, const pb::RunFigures& found) {
    if (draw == 0) {
      itself_ = yearly_in(found);
      return;
    }
    const std::size_t at = draws_.size();
    draws_.push_back(draw);
    shown_.push_back(shown_in(found));
    for (const auto& [key, value] : yearly_in(found)) values_[key].emplace_back(at, value);
  }

  // Places, among the draws that were read, of those to keep.
  std::vector<std::size_t> kept(const SweepPlan& plan, std::size_t point,
                                const std::filesystem::path& folder, bool keeps_all) const {
    // A world is read for its published figures alone.
    const bool asks_world = !keeps_all && !draws_.empty();
    const World known = asks_world ? world_from(scenario_of(plan, point, folder), {}) : World{};
    return draws_for_bands(known, shown_, keeps_all);
  }

  CollectedPoint collected(std::size_t point, const std::vector<std::size_t>& kept) {
    CollectedPoint made;
    made.point = point;
    made.itself = std::move(itself_);
    std::vector<bool> is_kept(draws_.size(), false);
    for (const std::size_t i : kept) {
      is_kept[i] = true;
      made.kept.push_back(draws_[i]);
    }
    made.draws = std::move(draws_);
    made.values = std::move(values_);
    if (kept.empty()) return made;
    for (const auto& [key, values] : made.values) {
      std::vector<double> sorted(kept.size(), 0.0);  // 0 where a draw has nothing of it.
      std::size_t next = 0;
      for (const auto& [at, value] : values) {
        if (is_kept[at]) sorted[next++] = value;
      }
      std::ranges::sort(sorted);
      made.bands[key] = {quantile(sorted, kTail), quantile(sorted, 0.5),
                         quantile(sorted, 1.0 - kTail)};
    }
    return made;
  }

private:
  std::vector<int> draws_;
  std::vector<ShownFigures> shown_;
  std::optional<Figures> itself_;
  std::map<YearlyKey, std::vector<std::pair<std::size_t, double>>> values_;
};

}  // namespace

void collect_sweep(const SweepPlan& plan, const std::filesystem::path& folder, bool keeps_all,
                   const CellHearer& hear,
                   const std::function<void(const CollectedPoint& point)>& collected) {
  for (std::size_t point = 0; point < plan.points.size(); ++point) {
    PointReader reader;
    for (int draw = 0; draw <= plan.draws; ++draw) {
      const SweepCell cell{point, draw};
      const auto path = result_path(plan, cell, folder);
      const auto figures = read_result(path);
      if (figures) {
        hear(cell, CellState::Whole, &*figures);
        reader.add(draw, *figures);
      } else {
        hear(cell, state_of(path), nullptr);
      }
    }
    collected(reader.collected(point, reader.kept(plan, point, folder, keeps_all)));
  }
}

std::map<int, double> figure_of_draws(const CollectedPoint& point, const YearlyKey& key) {
  std::map<int, double> values;
  for (const int draw : point.draws) values[draw] = 0.0;
  if (const auto found = point.values.find(key); found != point.values.end()) {
    for (const auto& [at, value] : found->second) values[point.draws[at]] = value;
  }
  return values;
}

Table point_bands_table(const SweepPlan& plan, const CollectedPoint& point) {
  std::vector<Column> columns = {{"point", Type::Count}};
  for (const std::string& path : plan.paths) columns.emplace_back(path, Type::Text);
  for (const char* name : {"drawn", "kept", "year"}) columns.emplace_back(name, Type::Count);
  for (const char* name : {"indicator", "subject", "unit"}) columns.emplace_back(name, Type::Text);
  for (const char* name : {"itself", "low", "median", "high"}) {
    columns.emplace_back(name, Type::Real);
  }
  Table table("bands", std::move(columns));
  std::set<YearlyKey> keys;
  for (const auto& [key, band] : point.bands) keys.insert(key);
  if (point.itself) {
    for (const auto& [key, value] : *point.itself) keys.insert(key);
  }
  for (const YearlyKey& key : keys) {
    std::vector<Cell> cells = {point.point};
    for (const std::string& value : plan.points[point.point].values) cells.emplace_back(value);
    cells.insert(cells.end(), {point.draws.size(), point.kept.size(), key.year, key.indicator,
                               key.subject, key.unit});
    cells.push_back(point.itself ? Cell(value_or_none(*point.itself, key)) : Cell());
    const auto band = point.bands.find(key);
    if (band == point.bands.end()) {
      cells.insert(cells.end(), 3, Cell());
    } else {
      cells.insert(cells.end(), {band->second.low, band->second.median, band->second.high});
    }
    table.add_row(std::move(cells));
  }
  return table;
}

}  // namespace chokepoint
