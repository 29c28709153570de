#pragma once

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>

#include "perfetto/trace.pb.h"

namespace chokepoint {

/// Begins every packet of a trace file.
inline constexpr char kPacketTag = 0x0A;

/// No packet has more bytes. The largest is the first, with the whole scenario: 0.4 MB of history,
/// where a scenario may have 25 times as many values.
inline constexpr std::size_t kLargestPacket = std::size_t{64} << 20U;

/// A trace file that grows packet by packet. Destroyed before it is closed, it leaves nothing
/// behind.
///
/// A packet is framed as field 1 of the message Trace: tag 0x0A, length as a varint, bytes.
class PacketOutput {
public:
  /// Throws std::runtime_error, naming the file, where it cannot be made or something has its name,
  /// a link included; makes no folders.
  explicit PacketOutput(std::filesystem::path path);
  ~PacketOutput();
  PacketOutput(const PacketOutput&) = delete;
  PacketOutput& operator=(const PacketOutput&) = delete;

  /// Throws std::runtime_error, naming the file, where the disk does not take it, and where it is
  /// larger than kLargestPacket.
  void write(const perfetto::protos::TracePacket& packet);

  /// Writes what is held back, so that it outlives this program. Throws as write() does.
  void flush();

  /// Writes what is held back; nothing may be written after. Throws as write() does.
  void close();

  /// fingerprint() of all bytes that the file was given so far; after close(), of the whole file.
  std::uint64_t fingerprint() const;

private:
  class File;
  [[noreturn]] void fail(int error) const;

  std::filesystem::path path_;
  std::unique_ptr<File> file_;
  std::unique_ptr<google::protobuf::io::CopyingOutputStreamAdaptor> blocks_;
  std::unique_ptr<google::protobuf::io::CodedOutputStream> coded_;
};

}  // namespace chokepoint
