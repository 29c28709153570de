#pragma once

#include <sqlite3.h>

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "tools/export/export_table.hpp"

namespace chokepoint {

/// Rows as texts: cells joined by "|", "-" where nothing is told; empty where the query fails.
std::vector<std::string> queried(const std::filesystem::path& database, const std::string& sql,
                                 std::string* failure = nullptr);

/// Keeps rows as queried() words them, each after the number of its table.
class KeptRows : public ExportTarget {
public:
  void add(std::size_t table, std::span<const ExportValue> row) override;
  std::vector<std::pair<std::size_t, std::string>> rows;
  std::vector<std::string> of(std::size_t table) const;
};

}  // namespace chokepoint
