#pragma once

#include <filesystem>
#include <string>

namespace chokepoint {

/// A folder held against other programs, by a lock of the kernel that ends with this or with the
/// program, however it ends. Where the file system has no locks, a warning says that the folder is
/// not held.
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

/// What to warn of where the kernel answered a lock with `error`: that there are no locks. Empty
/// where it is 0. Throws std::runtime_error, naming the folder, where it is in use, and after any
/// other error.
std::string lock_warning(const std::filesystem::path& folder, int error);

}  // namespace chokepoint
