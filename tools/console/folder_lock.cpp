#include "tools/console/folder_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <system_error>

#include "tools/console/helped_failure.hpp"

namespace chokepoint {

FolderLock::FolderLock(const std::filesystem::path& folder, Use use)
    : descriptor_(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
  if (descriptor_ < 0) {
    throw std::runtime_error("cannot open folder " + folder.string() + ": " +
                             std::generic_category().message(errno));
  }
  const int how = use == Use::Reading ? LOCK_SH : LOCK_EX;
  if (flock(descriptor_, how | LOCK_NB) == 0 || errno != EWOULDBLOCK) return;
  close(descriptor_);
  throw HelpedFailure(folder.string() + " is in use by another run or command",
                      "wait until that has ended, or name another folder");
}

FolderLock::~FolderLock() {
  close(descriptor_);
}

}  // namespace chokepoint
