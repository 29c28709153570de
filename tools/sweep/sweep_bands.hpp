#pragma once

#include <filesystem>
#include <memory>

#include "tools/print/growing_file.hpp"
#include "tools/print/table.hpp"
#include "tools/sweep/collected_sweep.hpp"

namespace chokepoint {

/// A file of the bands of all points, that takes its name when it is whole.
class BandsFile {
public:
  /// Throws std::runtime_error, naming the file, where it cannot be written; so do the others.
  explicit BandsFile(const std::filesystem::path& path);

  /// A point_bands_table().
  void add(const Table& table);
  void close();

private:
  std::filesystem::path path_, growing_;
  std::unique_ptr<GrowingFile> file_;
  bool has_header_ = false;
};

/// One figure of all points, for people: a row for each that add_shown_figure() adds.
Table shown_figure_table(const SweepPlan& plan);
void add_shown_figure(const SweepPlan& plan, const CollectedPoint& point, const YearlyKey& key,
                      Table& table);

}  // namespace chokepoint
