#include "tools/export/csv_export.hpp"

#include <fmt/format.h>

#include <cmath>
#include <iterator>
#include <utility>

namespace chokepoint {
namespace {

void append_text(std::string_view text, std::string& line) {
  const bool is_formula =
      !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
  const bool is_quoted = text.find_first_of(",\"\r\n") != std::string_view::npos;
  if (is_quoted) line += '"';
  if (is_formula) line += '\'';
  if (is_quoted) {
    for (const char c : text) line.append(c == '"' ? 2 : 1, c);
    line += '"';
  } else {
    line += text;
  }
}

}  // namespace

void append_csv_cell(const ExportValue& value, std::string& line) {
  if (const auto* text = std::get_if<std::string_view>(&value)) return append_text(*text, line);
  if (const auto* yes = std::get_if<bool>(&value)) {
    line += *yes ? "true" : "false";
  } else if (const auto* whole = std::get_if<std::int64_t>(&value)) {
    fmt::format_to(std::back_inserter(line), "{}", *whole);
  } else if (const auto* real = std::get_if<double>(&value); real && std::isfinite(*real)) {
    fmt::format_to(std::back_inserter(line), "{}", *real);
  }
}

CsvExport::CsvExport(std::filesystem::path folder, const std::vector<ExportTable>& tables)
    : folder_(std::move(folder)), tables_(tables), files_(tables.size()) {}

void CsvExport::add(std::size_t table, std::span<const ExportValue> row) {
  line_.clear();
  if (!files_[table]) {
    files_[table] = std::make_unique<Open>(folder_ / (tables_[table].name + ".csv"));
    for (const ExportColumn& column : tables_[table].columns) {
      line_.append(line_.empty() ? "" : ",").append(column.name);
    }
    line_ += '\n';
  }
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (i > 0) line_ += ',';
    append_csv_cell(row[i], line_);
  }
  line_ += '\n';
  files_[table]->file.write(line_);
}

void CsvExport::close() {
  for (const auto& open : files_) {
    if (open) open->file.close();
  }
}

}  // namespace chokepoint
