#pragma once

#include <filesystem>
#include <string>

#include "tools/console/folder_lock.hpp"
#include "tools/console/run_record.hpp"

namespace chokepoint {

/// What a folder is the result of.
enum class StudyKind {
  Market,    ///< A scenario whose buyers choose, over years.
  Schedule,  ///< A scenario of other things: deliveries, services, training.
  Requests,  ///< A replay of a log of requests.
  Training,  ///< A training run that was played.
  Jobs,      ///< A replay of a log of jobs.
};

/// "a market over years" and so on.
std::string in_words(StudyKind kind);

/// Which folders are taken.
enum class StoredKinds { Runs, All };

/// A whole run in a folder, held so that no other replaces it meanwhile.
class StoredRun {
public:
  /// Throws std::runtime_error where the folder holds no whole run, where a file is not the one
  /// that its record lists, where a run is being written there, and where it holds a replay that
  /// is not asked for.
  explicit StoredRun(std::filesystem::path path, StoredKinds kinds = StoredKinds::Runs);

  const pb::RunRecord& record() const { return record_; }
  StudyKind kind() const;

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
