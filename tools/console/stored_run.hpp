#pragma once

#include <filesystem>
#include <string>

#include "tools/console/folder_lock.hpp"
#include "tools/console/run_record.hpp"

namespace chokepoint {

/// A whole run in a folder, held so that no other replaces it meanwhile.
class StoredRun {
public:
  /// Throws std::runtime_error where the folder holds no whole run, where a file is not the one
  /// that its record lists, and where a run is being written there.
  explicit StoredRun(std::filesystem::path path);

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path trace() const { return path_ / kTraceName; }

  /// Text of a table, "yearly.csv"; empty where the run has none.
  std::string table(const std::string& name) const;

private:
  std::filesystem::path path_;
  FolderLock lock_;
  pb::RunRecord record_;
};

}  // namespace chokepoint
