#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/logs/log_bytes.hpp"

namespace chokepoint {

/// A line of a log, or an element of a list in one, without its end.
struct LogLine {
  /// At least kPadding more bytes may be read behind it, whatever they are.
  std::string_view text;
  std::uint64_t number = 0;  ///< From 1.
  std::size_t column = 1;    ///< At which it begins.

  static constexpr std::size_t kPadding = 64;
};

/// What is wrong with a line, and at which of its bytes.
struct LineComplaint {
  std::size_t offset = 0;
  std::string message, help;
};

/// The lines of a log, one at a time, never all of them in memory. Lines end in LF or CR LF; a mark
/// of byte order before the first is passed over.
class LogLines {
public:
  /// Longer lines are refused: a file of another kind may have no lines at all.
  static constexpr std::size_t kLongestLine = std::size_t{1} << 23U;

  explicit LogLines(const std::filesystem::path& path);

  /// Up to `size` first bytes. Requires: before next().
  std::string_view head(std::size_t size);

  /// The next line, valid until another is asked for; nothing at the end of the log, and where
  /// complaint() says why there are no more.
  std::optional<LogLine> next();

  /// Makes the line of next() longer by the line after it: a quoted cell may hold line ends. False,
  /// and the line as it was, where there is none, or the whole would be longer than kLongestLine.
  bool extend(LogLine& line);

  /// As LogBytes has it, or that a line is too long; empty where nothing is wrong.
  const std::string& complaint() const { return complaint_; }
  /// Of the last line that was asked for; 0 before that.
  std::uint64_t number() const { return number_; }

private:
  /// Reads more behind what is there; false at the end.
  bool fill();
  /// Where the first line end behind `from` is; nothing where there is none in the log.
  std::optional<std::size_t> line_end(std::size_t from);
  std::string_view text(std::size_t end) const;

  LogBytes bytes_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0, end_ = 0;  ///< What was read and not yet passed over.
  std::size_t next_ = 0;             ///< Where the next line begins.
  std::uint64_t number_ = 0, extra_ = 0;
  std::string complaint_;
};

}  // namespace chokepoint
