#include "tools/export/sqlite_export.hpp"

#include <stdexcept>
#include <utility>

namespace chokepoint {
namespace {

// Nobody reads the file before it is whole, and where the program ends first it goes.
constexpr const char* kAsScratch =
    "PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
    "PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -32000; PRAGMA temp_store = FILE;"
    "PRAGMA encoding = 'UTF-8'; BEGIN";

std::string quoted_name(const std::string& name) {
  std::string quoted = "\"";
  for (const char c : name) quoted.append(c == '"' ? 2 : 1, c);
  return quoted + '"';
}

std::string type_name(const ExportColumn& column) {
  if (column.name == "fact") return " INTEGER PRIMARY KEY";
  switch (column.type) {
    case ExportType::Text:
      return " TEXT";
    case ExportType::Real:
      return " REAL";
    case ExportType::Whole:
    case ExportType::YesNo:
      break;
  }
  return " INTEGER";
}

std::string create_table(const ExportTable& table) {
  std::string sql = "CREATE TABLE " + quoted_name(table.name) + " (";
  const char* gap = "";
  for (const ExportColumn& column : table.columns) {
    sql.append(gap).append(quoted_name(column.name)).append(type_name(column));
    gap = ", ";
  }
  return sql + ")";
}

std::string insert_into(const ExportTable& table) {
  std::string sql = "INSERT INTO " + quoted_name(table.name) + " VALUES (";
  for (std::size_t i = 0; i < table.columns.size(); ++i) sql += i == 0 ? "?" : ", ?";
  return sql + ")";
}

int bind_value(sqlite3_stmt* statement, int place, const ExportValue& value) {
  struct Binder {
    sqlite3_stmt* statement;
    int place;
    int operator()(std::monostate) const { return sqlite3_bind_null(statement, place); }
    int operator()(std::string_view text) const {
      return sqlite3_bind_text64(statement, place, text.data(), text.size(), SQLITE_STATIC,
                                 SQLITE_UTF8);
    }
    int operator()(double number) const { return sqlite3_bind_double(statement, place, number); }
    int operator()(std::int64_t number) const {
      return sqlite3_bind_int64(statement, place, number);
    }
    int operator()(bool yes) const { return sqlite3_bind_int(statement, place, yes ? 1 : 0); }
  };
  return std::visit(Binder{statement, place}, value);
}

}  // namespace

SqliteExport::SqliteExport(std::filesystem::path path, const std::vector<ExportTable>& tables)
    : path_(std::move(path)) {
  try {
    if (sqlite3_open_v2(path_.c_str(), &database_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                        nullptr) != SQLITE_OK) {
      fail();
    }
    run(kAsScratch);
    for (const ExportTable& table : tables) {
      run(create_table(table));
      inserts_.push_back(nullptr);
      const std::string sql = insert_into(table);
      if (sqlite3_prepare_v3(database_, sql.c_str(), -1, SQLITE_PREPARE_PERSISTENT,
                             &inserts_.back(), nullptr) != SQLITE_OK) {
        fail();
      }
    }
  } catch (...) {
    close_handles();
    throw;
  }
}

SqliteExport::~SqliteExport() {
  close_handles();
}

void SqliteExport::close_handles() {
  for (sqlite3_stmt* insert : inserts_) sqlite3_finalize(insert);
  inserts_.clear();
  sqlite3_close(database_);
  database_ = nullptr;
}

void SqliteExport::add(std::size_t table, std::span<const ExportValue> row) {
  sqlite3_stmt* insert = inserts_[table];
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (bind_value(insert, static_cast<int>(i) + 1, row[i]) != SQLITE_OK) fail();
  }
  if (sqlite3_step(insert) != SQLITE_DONE) fail();
  sqlite3_reset(insert);
}

void SqliteExport::close(const std::vector<ExportView>& views) {
  for (const ExportView& view : views) {
    run("CREATE VIEW " + quoted_name(view.name) + " AS " + view.select);
  }
  run("COMMIT");
  for (sqlite3_stmt* insert : inserts_) sqlite3_finalize(insert);
  inserts_.clear();
  if (sqlite3_close(database_) != SQLITE_OK) fail();
  database_ = nullptr;
}

void SqliteExport::run(const std::string& sql) {
  if (sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail();
}

void SqliteExport::fail() const {
  const std::string reason = database_ == nullptr ? "no memory" : sqlite3_errmsg(database_);
  throw std::runtime_error("cannot write " + path_.string() + ": " + reason);
}

}  // namespace chokepoint
