#include "tools/print/whole_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <system_error>

namespace chokepoint {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kReadableByAll = 0644;

[[noreturn]] void fail_to(const char* what, const fs::path& path, const std::error_code& why) {
  throw std::runtime_error(std::string("cannot ") + what + " " + path.string() + ": " +
                           why.message());
}

std::error_code last_error() {
  return {errno, std::generic_category()};
}

/// What went wrong; nothing where all of `text` was written.
std::error_code write_new(const fs::path& path, const std::string& text) {
  const int file =
      open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, kReadableByAll);
  if (file < 0) return last_error();
  std::error_code failed;
  for (std::size_t done = 0; done < text.size() && !failed;) {
    const ssize_t n = write(file, text.data() + done, text.size() - done);
    if (n < 0 && errno != EINTR) failed = last_error();
    if (n > 0) done += static_cast<std::size_t>(n);
  }
  if (close(file) != 0 && !failed) failed = last_error();
  return failed;
}

}  // namespace

fs::path partial_name(const fs::path& path) {
  return path.string() + "." + std::to_string(getpid()) + ".partial";
}

void write_whole(const fs::path& path, const std::string& text) {
  const fs::path partial = partial_name(path);
  std::error_code ignored;
  if (const auto failed = write_new(partial, text)) {
    if (failed != std::errc::file_exists) fs::remove(partial, ignored);
    fail_to("write", path, failed);
  }
  try {
    give_name(partial, path);
  } catch (...) {
    fs::remove(partial, ignored);
    throw;
  }
}

void give_name(const fs::path& partial, const fs::path& path) {
  std::error_code failed;
  fs::rename(partial, path, failed);
  if (failed) fail_to("write", path, failed);
}

void remove_file(const fs::path& path) {
  std::error_code failed;
  fs::remove(path, failed);
  if (failed) fail_to("remove", path, failed);
}

void make_folder(const fs::path& folder) {
  std::error_code failed;
  fs::create_directories(folder, failed);
  if (failed) fail_to("make folder", folder, failed);
  if (access(folder.c_str(), W_OK | X_OK) != 0) fail_to("write into", folder, last_error());
}

}  // namespace chokepoint
