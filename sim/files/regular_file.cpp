#include "sim/files/regular_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <utility>

namespace chokepoint {

RegularFile::RegularFile(const std::filesystem::path& path) {
  do {
    descriptor_ = open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  } while (descriptor_ < 0 && errno == EINTR);
  struct stat about = {};
  const bool is_there = descriptor_ >= 0 && fstat(descriptor_, &about) == 0;
  if (is_there && S_ISREG(about.st_mode)) {
    is_empty_ = about.st_size == 0;
  } else if (is_there && S_ISDIR(about.st_mode)) {
    complaint_ = "is a folder";
  } else if (is_there || errno == ENXIO) {  // A pipe, a device; a socket cannot be opened.
    complaint_ = "is no regular file";
  } else if (errno == ENOENT) {
    complaint_ = "no such file";
  } else {
    fail(errno);
  }
}

RegularFile::~RegularFile() {
  if (descriptor_ >= 0) close(descriptor_);
}

std::size_t RegularFile::read(char* into, std::size_t size) {
  if (is_empty_) return 0;
  ssize_t got = 0;
  do {
    got = ::read(descriptor_, into, size);
  } while (got < 0 && errno == EINTR);
  return got < 0 ? fail(errno) : static_cast<std::size_t>(got);
}

std::size_t RegularFile::fail(int error) {
  complaint_ = std::string("cannot be read: ") + std::strerror(error);
  return 0;
}

FileBytes read_whole_file(const std::filesystem::path& path, std::size_t most) {
  RegularFile file(path);
  if (!file.complaint().empty()) return {"", file.complaint()};
  FileBytes bytes;
  std::array<char, std::size_t{1} << 16U> block{};
  while (const std::size_t got = file.read(block.data(), block.size())) {
    bytes.content.append(block.data(), got);
    if (bytes.content.size() > most) {
      return {"", "is larger than " + std::to_string(most >> 20U) + " MiB"};
    }
  }
  if (!file.complaint().empty()) return {"", file.complaint()};
  return bytes;
}

std::string content_of(const std::filesystem::path& path) {
  FileBytes bytes = read_whole_file(path);
  if (!bytes.complaint.empty()) throw std::runtime_error(path.string() + ": " + bytes.complaint);
  return std::move(bytes.content);
}

}  // namespace chokepoint
