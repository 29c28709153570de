#include "tools/sweep/sweep_database.hpp"

#include <algorithm>
#include <array>

#include "sim/sweep/drawn_inputs.hpp"
#include "sim/sweep/information_set.hpp"
#include "sim/sweep/replicas.hpp"
#include "tools/print/whole_file.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;

enum SweepTable : std::size_t { Points, Cells, Named, Drawn, Inputs, Quantiles, Kept };

const std::vector<ExportTable>& sweep_tables() {
  using enum ExportType;
  static const std::vector<ExportTable> tables = {
      {"points", {{"point", Whole}, {"path", Text}, {"value", Text}}},
      {"cells", {{"point", Whole}, {"draw", Whole}, {"state", Text}}},
      {"figures",
       {{"figure", Whole},
        {"year", Whole},
        {"indicator", Text},
        {"subject", Text},
        {"unit", Text}}},
      {"drawn", {{"point", Whole}, {"draw", Whole}, {"figure", Whole}, {"value", Real}}},
      {"inputs", {{"input", Whole}, {"path", Text}}},
      {"quantiles", {{"point", Whole}, {"draw", Whole}, {"input", Whole}, {"quantile", Real}}},
      {"kept", {{"point", Whole}, {"draw", Whole}}}};
  return tables;
}

const std::vector<ExportView>& sweep_views() {
  static const std::vector<ExportView> views = {
      {"figures_by_draw",
       R"(SELECT point, draw, draw IN (SELECT draw FROM kept WHERE kept.point = drawn.point) AS kept,
                 year, indicator, subject, unit, value
          FROM drawn JOIN figures USING (figure))"},
      {"inputs_by_draw",
       R"(SELECT point, draw, path, quantile FROM quantiles JOIN inputs USING (input))"}};
  return views;
}

const char* state_word(CellState state) {
  switch (state) {
    case CellState::Missing:
      return "missing";
    case CellState::Failed:
      return "failed";
    case CellState::Whole:
      break;
  }
  return "whole";
}

std::int64_t as_whole(std::size_t number) {
  return static_cast<std::int64_t>(number);
}

template <std::size_t N>
void add_row(SqliteExport& database, std::size_t table, const std::array<ExportValue, N>& row) {
  database.add(table, row);
}

}  // namespace

SweepDatabase::SweepDatabase(const fs::path& path, const SweepPlan& plan)
    : path_(path), growing_(partial_name(path)) {
  fs::remove(growing_);
  database_ = std::make_unique<SqliteExport>(growing_, sweep_tables());
  for (std::size_t point = 0; point < plan.points.size(); ++point) {
    for (std::size_t i = 0; i < plan.paths.size(); ++i) {
      add_row<3>(*database_, Points,
                 {as_whole(point), plan.paths[i], plan.points[point].values[i]});
    }
  }
}

std::int64_t SweepDatabase::number_of(const YearlyKey& key) {
  const auto [known, is_new] = figures_.emplace(key, as_whole(figures_.size()));
  if (is_new) {
    add_row<5>(*database_, Named,
               {known->second, std::int64_t{key.year}, key.indicator, key.subject, key.unit});
  }
  return known->second;
}

std::int64_t SweepDatabase::number_of(const std::string& input) {
  const auto [known, is_new] = inputs_.emplace(input, as_whole(inputs_.size()));
  if (is_new) add_row<2>(*database_, Inputs, {known->second, input});
  return known->second;
}

void SweepDatabase::add(SweepCell cell, CellState state, const pb::RunFigures* figures) {
  if (cell.draw == 0) whole_.clear();
  const std::int64_t point = as_whole(cell.point), draw = cell.draw;
  add_row<3>(*database_, Cells, {point, draw, std::string_view(state_word(state))});
  if (figures == nullptr) return;
  whole_.push_back(cell.draw);
  for (const auto& [key, value] : yearly_in(*figures)) {
    add_row<4>(*database_, Drawn, {point, draw, number_of(key), value});
  }
}

void SweepDatabase::add(const CollectedPoint& point, const pb::Scenario& scenario) {
  const std::int64_t at = as_whole(point.point);
  for (const int draw : point.kept) add_row<2>(*database_, Kept, {at, std::int64_t{draw}});
  for (const int draw : whole_) {
    for (const auto& [path, quantile] : drawn_inputs(scenario, seed_of(scenario), draw)) {
      add_row<4>(*database_, Quantiles, {at, std::int64_t{draw}, number_of(path), quantile});
    }
  }
}

void SweepDatabase::close() {
  database_->close(sweep_views());
  give_name(growing_, path_);
}

}  // namespace chokepoint
