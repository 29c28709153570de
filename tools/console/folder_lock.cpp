#include "tools/console/folder_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <iostream>
#include <stdexcept>
#include <system_error>

#include "tools/console/program.hpp"

namespace chokepoint {

FolderLock::FolderLock(const std::filesystem::path& folder, Use use)
    : descriptor_(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
  if (descriptor_ < 0) {
    throw std::runtime_error("cannot open folder " + folder.string() + ": " +
                             std::generic_category().message(errno));
  }
  const int how = use == Use::Reading ? LOCK_SH : LOCK_EX;
  int failed = 0;
  do {
    failed = flock(descriptor_, how | LOCK_NB) == 0 ? 0 : errno;
  } while (failed == EINTR);
  try {
    const std::string warning = lock_warning(folder, failed);
    if (!warning.empty()) std::cerr << "chokepoint: warning: " << warning << "\n";
  } catch (...) {
    close(descriptor_);
    throw;
  }
}

std::string lock_warning(const std::filesystem::path& folder, int error) {
  if (error == 0) return "";
  if (error == EWOULDBLOCK) {
    throw HelpedFailure(folder.string() + " is in use by another run or command",
                        "wait until that has ended, or name another folder");
  }
  const std::string reason = std::generic_category().message(error);
  const bool has_no_locks =
      error == EOPNOTSUPP || error == ENOLCK || error == ENOSYS || error == EINVAL;
  if (!has_no_locks) {
    throw std::runtime_error("cannot lock folder " + folder.string() + ": " + reason);
  }
  return folder.string() + " cannot be held: another run could replace what is there meanwhile (" +
         reason + ")";
}

FolderLock::~FolderLock() {
  close(descriptor_);
}

}  // namespace chokepoint
