#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "models/fingerprint.hpp"

namespace chokepoint {

/// A new file that is written bit by bit, for what is too large to be held. Destroyed before
/// close() it is removed.
class GrowingFile {
public:
  /// Throws std::runtime_error, naming the file, where it cannot be made or something has its name,
  /// a link included.
  explicit GrowingFile(std::filesystem::path path);
  ~GrowingFile();
  GrowingFile(const GrowingFile&) = delete;
  GrowingFile& operator=(const GrowingFile&) = delete;

  /// Throws std::runtime_error, naming the file, where the disk does not take it.
  void write(std::string_view text);
  /// Writes what is held back; nothing may be written after. Throws as write() does.
  void close();

  /// Of all that was written so far.
  std::uint64_t bytes() const { return bytes_; }
  /// fingerprint() of it.
  std::uint64_t fingerprint() const { return fingerprint_; }

private:
  void flush();
  [[noreturn]] void fail() const;

  std::filesystem::path path_;
  int file_ = -1;
  std::string held_;
  std::uint64_t bytes_ = 0, fingerprint_ = kFingerprintOfNothing;
};

}  // namespace chokepoint
