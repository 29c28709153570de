#include "tests/validation/figures.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "tests/paths.hpp"

namespace chokepoint::validation {

namespace {

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream in(line);
  std::string cell;
  while (std::getline(in, cell, ',')) cells.push_back(cell);
  if (!line.empty() && line.back() == ',') cells.emplace_back();
  return cells;
}

}  // namespace

std::vector<Row> rows_of(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  const auto header = cells_of(line);
  std::vector<Row> rows;
  while (std::getline(in, line)) {
    const auto cells = cells_of(line);
    INFO(file << ": " << line);
    REQUIRE(cells.size() == header.size());
    Row row;
    for (std::size_t i = 0; i < header.size(); ++i) row[header[i]] = cells[i];
    rows.push_back(std::move(row));
  }
  INFO(file);
  REQUIRE_FALSE(rows.empty());
  return rows;
}

std::filesystem::path beside_tests(const std::string& name) {
  return std::filesystem::path(source_dir()) / "tests/validation" / name;
}

std::optional<double> number_in(const Row& row, const std::string& column) {
  const std::string& cell = row.at(column);
  if (cell.empty()) return std::nullopt;
  std::size_t read = 0;
  const double value = std::stod(cell, &read);
  INFO(column << ": " << cell);
  REQUIRE(read == cell.size());
  return value;
}

}  // namespace chokepoint::validation
