#include "sim/trace/packet_output.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cassert>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <string_view>
#include <system_error>
#include <utility>

#include "models/fingerprint.hpp"

namespace chokepoint {
namespace {

namespace io = google::protobuf::io;

constexpr int kWrittenBlockBytes = 1 << 16;  // What a program that is killed may lose.
constexpr mode_t kReadableByAll = 0644;

}  // namespace

/// Takes blocks, and remembers what was in them.
class PacketOutput::File : public io::CopyingOutputStream {
public:
  explicit File(int descriptor) : descriptor_(descriptor) {}
  ~File() override { close(); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  bool Write(const void* buffer, int size) override;
  bool close();
  bool is_open() const { return descriptor_ >= 0; }
  int error() const { return error_; }
  std::uint64_t fingerprint() const { return fingerprint_; }

private:
  int descriptor_;
  int error_ = 0;
  std::uint64_t fingerprint_ = kFingerprintOfNothing;
};

bool PacketOutput::File::Write(const void* buffer, int size) {
  std::string_view left(static_cast<const char*>(buffer), static_cast<std::size_t>(size));
  fingerprint_ = chokepoint::fingerprint(left, fingerprint_);
  while (!left.empty()) {
    const ssize_t taken = ::write(descriptor_, left.data(), left.size());
    if (taken < 0 && errno == EINTR) continue;
    if (taken <= 0) {
      error_ = errno;
      return false;
    }
    left.remove_prefix(static_cast<std::size_t>(taken));
  }
  return true;
}

bool PacketOutput::File::close() {
  if (!is_open()) return true;
  const bool is_closed = ::close(descriptor_) == 0;
  if (!is_closed) error_ = errno;
  descriptor_ = -1;
  return is_closed;
}

PacketOutput::PacketOutput(std::filesystem::path path) : path_(std::move(path)) {
  const int descriptor =
      open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, kReadableByAll);
  if (descriptor < 0) fail(errno);
  file_ = std::make_unique<File>(descriptor);
  blocks_ = std::make_unique<io::CopyingOutputStreamAdaptor>(file_.get(), kWrittenBlockBytes);
  coded_ = std::make_unique<io::CodedOutputStream>(blocks_.get());
  coded_->SetSerializationDeterministic(true);
}

PacketOutput::~PacketOutput() {
  if (!blocks_) return;
  coded_.reset();
  blocks_.reset();
  file_->close();
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

void PacketOutput::write(const perfetto::protos::TracePacket& packet) {
  assert(coded_);
  const std::size_t size = packet.ByteSizeLong();
  if (size > kLargestPacket) {
    throw std::runtime_error(path_.string() + ": cannot be written: a packet of more than 64 MiB");
  }
  coded_->WriteTag(kPacketTag);
  coded_->WriteVarint32(static_cast<std::uint32_t>(size));
  packet.SerializeWithCachedSizes(coded_.get());
  if (coded_->HadError()) fail(file_->error());
}

void PacketOutput::flush() {
  assert(coded_);
  coded_->Trim();
  if (!blocks_->Flush()) fail(file_->error());
}

void PacketOutput::close() {
  assert(coded_);
  coded_.reset();  // Hands its last bytes to the blocks.
  if (!blocks_->Flush() || !file_->close()) fail(file_->error());
  blocks_.reset();
}

std::uint64_t PacketOutput::fingerprint() const {
  return file_->fingerprint();
}

void PacketOutput::fail(int error) const {
  throw std::runtime_error(path_.string() + ": cannot be written: " + std::strerror(error));
}

}  // namespace chokepoint
