#pragma once

#include <sqlite3.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tools/export/export_table.hpp"
#include "tools/export/export_views.hpp"

namespace chokepoint {

/// A new SQLite database that is filled with the rows of an export. It grows in one transaction
/// without a journal: give it a name that nobody reads until it is closed. Destroyed before
/// close(), it stays as far as it came; who named it removes it.
class SqliteExport : public ExportTarget {
public:
  /// Makes the tables. Throws std::runtime_error, naming the file, where it cannot be made; so do
  /// the others.
  SqliteExport(std::filesystem::path path, const std::vector<ExportTable>& tables);
  ~SqliteExport() override;
  SqliteExport(const SqliteExport&) = delete;
  SqliteExport& operator=(const SqliteExport&) = delete;

  void add(std::size_t table, std::span<const ExportValue> row) override;
  /// Makes the views and ends the file.
  void close(const std::vector<ExportView>& views);

private:
  void run(const std::string& sql);
  void close_handles();
  [[noreturn]] void fail() const;

  std::filesystem::path path_;
  sqlite3* database_ = nullptr;
  std::vector<sqlite3_stmt*> inserts_;  ///< By table.
};

}  // namespace chokepoint
