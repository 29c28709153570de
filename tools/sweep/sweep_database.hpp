#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "sim/indicators/figures.hpp"
#include "tools/export/sqlite_export.hpp"
#include "tools/sweep/collected_sweep.hpp"

namespace chokepoint {

/// A sweep as a SQLite database, which grows beside and takes its name when it is whole. Tables and
/// views are in the README of this folder.
class SweepDatabase {
public:
  /// Throws std::runtime_error, naming the file, where it cannot be written; so do the others.
  SweepDatabase(const std::filesystem::path& path, const SweepPlan& plan);

  /// A cell, in the order of collect_sweep().
  void add(SweepCell cell, CellState state, const pb::RunFigures* figures);
  /// A point, whose draws have been added: which of them bands are made of, and what each of its
  /// `scenario` took of everything that is not known.
  void add(const CollectedPoint& point, const pb::Scenario& scenario);
  void close();

private:
  std::int64_t number_of(const YearlyKey& key);
  std::int64_t number_of(const std::string& input);

  std::filesystem::path path_, growing_;
  std::unique_ptr<SqliteExport> database_;
  std::map<YearlyKey, std::int64_t> figures_;
  std::map<std::string, std::int64_t> inputs_;
  std::vector<int> whole_;  ///< Draws of the point at hand that have figures.
};

}  // namespace chokepoint
