#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "sim/files/regular_file.hpp"

namespace chokepoint {

/// The file holds something else than packets at `byte`.
struct DamagedTrace : std::runtime_error {
  DamagedTrace(const std::filesystem::path& path, std::uint64_t where, const std::string& reason)
      : std::runtime_error(path.string() + ": damaged at byte " + std::to_string(where) + ": " +
                           reason),
        byte(where),
        what_is_wrong(reason) {}

  std::uint64_t byte;
  std::string what_is_wrong;
};

/// The packets of a trace file, one after the other; see PacketOutput for the frame.
///
/// Memory grows with what is really there: a length that promises more than the file holds is a
/// cut, not an allocation.
class PacketInput {
public:
  /// Throws std::runtime_error, naming the file, where it is no regular file or cannot be opened.
  explicit PacketInput(std::filesystem::path path);

  /// Bytes of the next packet, valid until the next call; nothing at the end and at a cut. Throws
  /// DamagedTrace where there is something else than a packet or one larger than kLargestPacket,
  /// and std::runtime_error, naming the file, where the disk fails.
  std::optional<std::string_view> next();

  /// True where the file ended inside a packet.
  bool is_cut() const { return is_cut_; }
  /// Where the last whole packet ends, in bytes from the file's start.
  std::uint64_t whole_bytes() const { return whole_; }
  /// Bytes read so far: the size of the file after the last packet.
  std::uint64_t seen_bytes() const { return whole_ + (end_ - begin_); }
  const std::filesystem::path& path() const { return path_; }

private:
  bool has(std::size_t count);
  std::optional<std::uint64_t> length(std::size_t& header);
  void refuse_what_cannot_be_read() const;

  std::filesystem::path path_;
  RegularFile file_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0, end_ = 0;  ///< Part of the buffer that was read and not yet handed out.
  std::uint64_t whole_ = 0;
  bool is_cut_ = false;
};

}  // namespace chokepoint
