#include "sim/trace/packet_input.hpp"

#include <algorithm>
#include <utility>

#include "sim/trace/packet_output.hpp"

namespace chokepoint {
namespace {

constexpr std::size_t kReadBlockBytes = std::size_t{1} << 16;
constexpr std::size_t kLongestVarint = 10;

}  // namespace

PacketInput::PacketInput(std::filesystem::path path) : path_(std::move(path)), file_(path_) {
  refuse_what_cannot_be_read();
}

std::optional<std::string_view> PacketInput::next() {
  if (!has(1)) return std::nullopt;
  if (buffer_[begin_] != kPacketTag) throw DamagedTrace(path_, whole_, "no packet begins here");
  std::size_t header = 1;
  const auto size = length(header);
  if (!size || !has(header + *size)) {
    is_cut_ = true;
    return std::nullopt;
  }
  const std::string_view packet(buffer_.data() + begin_ + header, *size);
  begin_ += header + *size;
  whole_ += header + *size;
  return packet;
}

/// The length after the tag, and where it ends; nothing where the file ends inside it.
std::optional<std::uint64_t> PacketInput::length(std::size_t& header) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < kLongestVarint; ++i) {
    if (!has(header + 1)) return std::nullopt;
    const auto byte = static_cast<unsigned char>(buffer_[begin_ + header++]);
    value |= static_cast<std::uint64_t>(byte & 0x7F) << (7 * i);
    if (byte >= 0x80) continue;
    if (value > kLargestPacket) throw DamagedTrace(path_, whole_, "a packet of more than 64 MiB");
    return value;
  }
  throw DamagedTrace(path_, whole_, "a length without end");
}

/// Reads until `count` bytes wait in the buffer; false where the file ends before.
bool PacketInput::has(std::size_t count) {
  while (end_ - begin_ < count) {
    if (begin_ > 0) {
      std::copy(buffer_.data() + begin_, buffer_.data() + end_, buffer_.data());
      end_ -= begin_;
      begin_ = 0;
    }
    if (buffer_.size() - end_ < kReadBlockBytes) {
      buffer_.resize(std::max(2 * buffer_.size(), end_ + kReadBlockBytes));
    }
    const std::size_t got = file_.read(buffer_.data() + end_, buffer_.size() - end_);
    refuse_what_cannot_be_read();
    if (got == 0) return false;
    end_ += got;
  }
  return true;
}

void PacketInput::refuse_what_cannot_be_read() const {
  if (!file_.complaint().empty())
    throw std::runtime_error(path_.string() + ": " + file_.complaint());
}

}  // namespace chokepoint
