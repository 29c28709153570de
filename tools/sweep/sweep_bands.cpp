#include "tools/sweep/sweep_bands.hpp"

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>

#include "tools/print/whole_file.hpp"

namespace chokepoint {
namespace {

Cell shown_value(std::optional<double> value) {
  return value ? Cell(format_value(*value)) : Cell();
}

}  // namespace

BandsFile::BandsFile(const std::filesystem::path& path)
    : path_(path), growing_(partial_name(path)), file_(std::make_unique<GrowingFile>(growing_)) {}

void BandsFile::add(const Table& table) {
  const std::string text = to_csv(table);
  file_->write(has_header_ ? std::string_view(text).substr(text.find('\n') + 1)
                           : std::string_view(text));
  has_header_ = true;
}

void BandsFile::close() {
  file_->close();
  give_name(growing_, path_);
}

Table shown_figure_table(const SweepPlan& plan) {
  std::vector<Column> columns = {{"point", Type::Count}};
  for (const std::string& path : plan.paths) columns.emplace_back(path, Type::Text, path);
  columns.emplace_back("draws", Type::Text, "draws kept");
  for (const char* name : {"itself", "low", "median", "high"}) {
    columns.emplace_back(name, Type::Text, name);
  }
  return Table("shown", std::move(columns));
}

void add_shown_figure(const SweepPlan& plan, const CollectedPoint& point, const YearlyKey& key,
                      Table& table) {
  std::vector<Cell> cells = {point.point};
  for (const std::string& value : plan.points[point.point].values) cells.emplace_back(value);
  cells.emplace_back(fmt::format("{} of {}", point.kept.size(), point.draws.size()));
  cells.push_back(
      shown_value(point.itself ? std::optional(value_or_none(*point.itself, key)) : std::nullopt));
  const auto band = point.bands.find(key);
  if (point.kept.empty()) {
    cells.insert(cells.end(), 3, Cell());
  } else {
    const FigureBand values = band == point.bands.end() ? FigureBand{} : band->second;
    for (const double value : {values.low, values.median, values.high}) {
      cells.push_back(shown_value(value));
    }
  }
  table.add_row(std::move(cells));
}

}  // namespace chokepoint
