#include "tests/tools/export/exported.hpp"

#include <fmt/format.h>

namespace chokepoint {
namespace {

std::string cell_text(const ExportValue& value) {
  if (const auto* text = std::get_if<std::string_view>(&value)) return std::string(*text);
  if (const auto* real = std::get_if<double>(&value)) return fmt::format("{}", *real);
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return std::to_string(*whole);
  if (const auto* yes = std::get_if<bool>(&value)) return *yes ? "1" : "0";
  return "-";
}

}  // namespace

std::vector<std::string> queried(const std::filesystem::path& database, const std::string& sql,
                                 std::string* failure) {
  sqlite3* opened = nullptr;
  sqlite3_stmt* statement = nullptr;
  std::vector<std::string> rows;
  sqlite3_open_v2(database.c_str(), &opened, SQLITE_OPEN_READONLY, nullptr);
  if (sqlite3_prepare_v2(opened, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK) {
    while (sqlite3_step(statement) == SQLITE_ROW) {
      std::string row;
      for (int i = 0; i < sqlite3_column_count(statement); ++i) {
        const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, i));
        row.append(i > 0 ? "|" : "").append(text == nullptr ? "-" : text);
      }
      rows.push_back(std::move(row));
    }
  }
  const std::string said = sqlite3_errmsg(opened);
  if (failure != nullptr) {
    *failure =
        sqlite3_errcode(opened) == SQLITE_DONE || sqlite3_errcode(opened) == SQLITE_OK ? "" : said;
  }
  sqlite3_finalize(statement);
  sqlite3_close(opened);
  return rows;
}

void KeptRows::add(std::size_t table, std::span<const ExportValue> row) {
  std::string text;
  for (std::size_t i = 0; i < row.size(); ++i) text += (i > 0 ? "|" : "") + cell_text(row[i]);
  rows.emplace_back(table, text);
}

std::vector<std::string> KeptRows::of(std::size_t table) const {
  std::vector<std::string> found;
  for (const auto& [of_table, text] : rows) {
    if (of_table == table) found.push_back(text);
  }
  return found;
}

}  // namespace chokepoint
