#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "tools/console/folder_lock.hpp"
#include "tools/console/interruption.hpp"
#include "tools/console/run_record.hpp"

namespace chokepoint {

/// A table of a run: "orders.csv".
struct TableFile {
  std::string name;
  std::string text;
};

/// A folder while a run writes it. The run that it held goes first, its record before all; the new
/// one comes whole or not at all, record last. What belongs to neither stays. No link in the folder
/// is followed.
class RunFolder {
public:
  /// Makes the folder and takes it for this run alone. Throws std::runtime_error, before anything
  /// is removed, where it or its tables cannot be written, where it is in use, or where it has a
  /// run.json that is no record of a run.
  explicit RunFolder(std::filesystem::path path);
  /// Takes away what was written, unless finish() came to its end.
  ~RunFolder();
  RunFolder(const RunFolder&) = delete;
  RunFolder& operator=(const RunFolder&) = delete;

  /// Where to write the trace, which takes its name in finish(). There is no such file yet.
  const std::filesystem::path& growing_trace() const { return growing_trace_; }

  /// What lies in the folder and is of no run, sorted.
  std::vector<std::string> others() const;

  /// Names the trace, writes `tables`, and last `record` with a list of all. `trace` is the
  /// fingerprint of what was written there. Throws std::runtime_error, naming the file, where one
  /// cannot be written.
  void finish(const std::vector<TableFile>& tables, pb::RunRecord record, std::uint64_t trace);

private:
  void remove_former_run() const;

  std::filesystem::path path_;
  FolderLock lock_;
  std::filesystem::path growing_trace_;
  RemovedOnSignal goes_;
  std::vector<std::filesystem::path> written_;  ///< Of a run that has no record yet.
};

}  // namespace chokepoint
