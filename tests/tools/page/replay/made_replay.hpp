#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tools/console/run_folder.hpp"

namespace chokepoint::made {

/// A folder of its own with a replay of these tables in it, gone with it.
class ReplayFolder {
public:
  explicit ReplayFolder(const std::vector<TableFile>& tables, const std::string& name = "pod");
  ~ReplayFolder();
  ReplayFolder(const ReplayFolder&) = delete;
  ReplayFolder& operator=(const ReplayFolder&) = delete;

  /// Where the replay is, and the folder above it.
  std::filesystem::path path() const { return above_ / "replay"; }
  const std::filesystem::path& above() const { return above_; }

private:
  std::filesystem::path above_;
};

/// Tables of three requests, one of them refused.
std::vector<TableFile> three_requests();

}  // namespace chokepoint::made
