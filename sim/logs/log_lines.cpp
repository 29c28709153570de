#include "sim/logs/log_lines.hpp"

#include <algorithm>
#include <cstring>

namespace chokepoint {
namespace {

constexpr std::size_t kBlock = std::size_t{1} << 18U;
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

}  // namespace

LogLines::LogLines(const std::filesystem::path& path) : bytes_(path) {
  complaint_ = bytes_.complaint();
  if (head(kByteOrderMark.size()) == kByteOrderMark) begin_ = next_ = kByteOrderMark.size();
}

bool LogLines::fill() {
  if (begin_ > 0) {
    std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(begin_),
              buffer_.begin() + static_cast<std::ptrdiff_t>(end_), buffer_.begin());
    end_ -= begin_;
    next_ -= begin_;
    begin_ = 0;
  }
  if (buffer_.size() < end_ + kBlock + LogLine::kPadding) {
    buffer_.resize(std::max(end_ + kBlock + LogLine::kPadding, 2 * end_));
  }
  const std::size_t got =
      bytes_.read(buffer_.data() + end_, buffer_.size() - end_ - LogLine::kPadding);
  end_ += got;
  if (!bytes_.complaint().empty()) complaint_ = bytes_.complaint();
  return got > 0;
}

std::string_view LogLines::head(std::size_t size) {
  while (end_ - begin_ < size && fill()) {
  }
  return {buffer_.data() + begin_, std::min(size, end_ - begin_)};
}

std::optional<std::size_t> LogLines::line_end(std::size_t from) {
  std::size_t seen = from - begin_;  // Relative: filling moves what is there.
  for (;;) {
    const void* found = std::memchr(buffer_.data() + begin_ + seen, '\n', end_ - begin_ - seen);
    if (found != nullptr) {
      return static_cast<std::size_t>(static_cast<const char*>(found) - buffer_.data());
    }
    seen = end_ - begin_;
    if (seen > kLongestLine) {
      complaint_ = "has a line of more than " + std::to_string(kLongestLine >> 20U) + " MiB";
      return std::nullopt;
    }
    if (!fill()) return std::nullopt;
  }
}

std::string_view LogLines::text(std::size_t end) const {
  std::string_view line(buffer_.data() + begin_, end - begin_);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::optional<LogLine> LogLines::next() {
  if (!complaint_.empty()) return std::nullopt;
  begin_ = next_;
  number_ += 1 + extra_;
  extra_ = 0;
  if (buffer_.empty() && !fill()) return std::nullopt;
  const auto at = line_end(begin_);
  if (!complaint_.empty()) return std::nullopt;
  if (!at && begin_ == end_) return std::nullopt;
  next_ = at ? *at + 1 : end_;
  return LogLine{text(at.value_or(end_)), number_};
}

bool LogLines::extend(LogLine& line) {
  const std::size_t size = line.text.size();
  const bool can_grow = next_ - begin_ <= kLongestLine && (next_ < end_ || fill());
  const auto at = can_grow ? line_end(next_) : std::nullopt;
  if (!can_grow || !complaint_.empty()) {
    line.text = {buffer_.data() + begin_, size};  // Filling moves what is there.
    return false;
  }
  next_ = at ? *at + 1 : end_;
  line.text = text(at.value_or(end_));
  ++extra_;
  return true;
}

}  // namespace chokepoint
