#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>

namespace chokepoint {

/// The bytes of a file as they come, unpacked where its first bytes say that it is gzip or
/// Zstandard. Holds a buffer of them, whatever the size of the file.
class LogBytes {
public:
  explicit LogBytes(const std::filesystem::path& path);
  ~LogBytes();
  LogBytes(const LogBytes&) = delete;
  LogBytes& operator=(const LogBytes&) = delete;

  /// Reads up to `size` bytes; 0 at the end, and where complaint() says why there are no more.
  std::size_t read(char* into, std::size_t size);

  /// Why the file is not open or cannot be read on: as RegularFile has it, or that what is packed
  /// is damaged. Empty: nothing is wrong.
  const std::string& complaint() const { return complaint_; }

private:
  struct Unpacked;

  std::unique_ptr<Unpacked> unpacked_;
  std::string complaint_;
};

}  // namespace chokepoint
