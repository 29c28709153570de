#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

namespace chokepoint {

/// A file opened for reading, or why it is not. Only regular files are opened: a folder, a pipe, a
/// socket or a device has no end that one can wait for. The path is looked up once, and never
/// waited for; what it led to is asked of the descriptor.
class RegularFile {
public:
  explicit RegularFile(const std::filesystem::path& path);
  ~RegularFile();
  RegularFile(const RegularFile&) = delete;
  RegularFile& operator=(const RegularFile&) = delete;

  /// Why it is not open: "no such file", "is a folder", "is no regular file", or "cannot be read:"
  /// and what the system says. Empty: it is open.
  const std::string& complaint() const { return complaint_; }

  /// Reads up to `size` bytes; 0 at the end of the file. Where the disk fails there is a complaint,
  /// and the file has ended. What says that it is empty, as /proc/kmsg does, is not waited for.
  /// Requires: it is open.
  std::size_t read(char* into, std::size_t size);

private:
  std::size_t fail(int error);

  int descriptor_ = -1;
  bool is_empty_ = false;
  std::string complaint_;
};

/// The bytes of a file, or why they cannot be had.
struct FileBytes {
  std::string content;
  std::string complaint;  ///< As above; empty: read to its end.
};

/// All bytes of the regular file at `path`, if they are at most `most`.
FileBytes read_whole_file(const std::filesystem::path& path,
                          std::size_t most = std::size_t{1} << 30U);

/// The content of a file. Throws std::runtime_error with its path and the complaint.
std::string content_of(const std::filesystem::path& path);

}  // namespace chokepoint
