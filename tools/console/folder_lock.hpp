#pragma once

#include <filesystem>

namespace chokepoint {

/// A folder held against other programs, by a lock of the kernel that ends with this or with the
/// program, however it ends. Where the file system has no locks, the folder is not held.
class FolderLock {
public:
  /// Any number may read at a time; one alone writes.
  enum class Use { Reading, Writing };

  /// Throws std::runtime_error, naming the folder, where it cannot be opened or is in use.
  FolderLock(const std::filesystem::path& folder, Use use);
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

private:
  int descriptor_ = -1;
};

}  // namespace chokepoint
