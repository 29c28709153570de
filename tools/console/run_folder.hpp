#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <optional>
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
  bool is_beside = false;  ///< In the folder itself, beside its tables: "zoom.textproto".
};

/// A table that was written while a run went on, under the name of RunFolder::growing_table().
struct GrownTable {
  std::string name;
  std::uint64_t bytes = 0, fingerprint = 0;
};

/// A folder that is made where it is not there, with those above it. What was made goes again where
/// it is empty at the end, and the folder with the one above it also when a signal ends the
/// program.
class MadeFolder {
public:
  /// Throws std::runtime_error, naming it, where it cannot be made or written into.
  explicit MadeFolder(const std::filesystem::path& path);
  ~MadeFolder();
  MadeFolder(const MadeFolder&) = delete;
  MadeFolder& operator=(const MadeFolder&) = delete;

private:
  std::vector<std::filesystem::path> made_;  ///< Inner ones first.
  std::deque<RemovedOnSignal> go_;
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

  /// Where to write the table `name`, "requests.csv", which takes its name in finish(). There is no
  /// such file yet; its folder is made.
  std::filesystem::path growing_table(const std::string& name);

  /// What lies in the folder and is of no run, sorted.
  std::vector<std::string> others() const;

  /// Names the trace and `grown`, writes `tables`, and last `record` with a list of all; a record
  /// without a schema gets that of a run. `trace` is the fingerprint of what was written there, or
  /// nothing where nothing was. Throws std::runtime_error, naming the file, where one cannot be
  /// written.
  void finish(const std::vector<TableFile>& tables, pb::RunRecord record,
              std::optional<std::uint64_t> trace, const std::vector<GrownTable>& grown = {});

private:
  void remove_former_run() const;

  std::filesystem::path path_;
  MadeFolder made_;
  FolderLock lock_;
  std::filesystem::path growing_trace_;
  RemovedOnSignal goes_;
  std::optional<MadeFolder> tables_;  ///< Once a table grows in it.
  std::deque<RemovedOnSignal> tables_go_;
  std::vector<std::filesystem::path> growing_;  ///< Tables.
  std::vector<std::filesystem::path> written_;  ///< Of a run that has no record yet.
};

}  // namespace chokepoint
