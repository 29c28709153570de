#include "tools/print/growing_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace chokepoint {
namespace {

constexpr mode_t kGrowingMode = 0644;
constexpr std::size_t kHeldBack = std::size_t{1} << 16U;

}  // namespace

GrowingFile::GrowingFile(std::filesystem::path path) : path_(std::move(path)) {
  file_ = open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, kGrowingMode);
  if (file_ < 0) fail();
}

GrowingFile::~GrowingFile() {
  if (file_ < 0) return;
  ::close(file_);
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

void GrowingFile::write(std::string_view text) {
  held_.append(text);
  bytes_ += text.size();
  fingerprint_ = chokepoint::fingerprint(text, fingerprint_);
  if (held_.size() >= kHeldBack) flush();
}

void GrowingFile::close() {
  flush();
  const int failed = ::close(file_);
  file_ = -1;
  if (failed != 0) fail();
}

void GrowingFile::flush() {
  for (std::size_t done = 0; done < held_.size();) {
    const ssize_t n = ::write(file_, held_.data() + done, held_.size() - done);
    if (n < 0 && errno != EINTR) fail();
    if (n > 0) done += static_cast<std::size_t>(n);
  }
  held_.clear();
}

void GrowingFile::fail() const {
  throw std::runtime_error("cannot write " + path_.string() + ": " +
                           std::error_code(errno, std::generic_category()).message());
}

}  // namespace chokepoint
