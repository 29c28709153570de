#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sim/measure/measured_table.hpp"
#include "tools/console/folder_lock.hpp"
#include "tools/console/run_record.hpp"

namespace chokepoint {

/// A whole replay in a folder, of requests or of a training run, held so that no other replaces it
/// meanwhile.
class StoredReplay {
public:
  /// Throws std::runtime_error where the folder holds no whole replay.
  explicit StoredReplay(std::filesystem::path path);

  const std::filesystem::path& path() const { return path_; }
  const pb::RunRecord& record() const { return record_; }
  /// That of its folder.
  std::string name() const;

  bool has_table(const std::string& name) const;
  /// Rows of a table, "requests.csv"; none where there is no such table. Throws std::runtime_error
  /// where the file is not the one that the record lists.
  std::vector<MeasuredRow> rows(const std::string& name) const;

private:
  std::filesystem::path path_;
  FolderLock lock_;
  pb::RunRecord record_;
};

/// True where `folder` has the record of a replay.
bool holds_replay(const std::filesystem::path& folder);

/// The replays in folders inside `folder`, by name: what `replay requests` writes of several
/// clusters.
std::vector<std::filesystem::path> replays_inside(const std::filesystem::path& folder);

/// Values of a column, those that are numbers, rising.
std::vector<double> sorted_column(const std::vector<MeasuredRow>& rows, const std::string& column);

}  // namespace chokepoint
