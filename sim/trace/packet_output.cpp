#include "sim/trace/packet_output.hpp"

#include <fcntl.h>

#include <cassert>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace chokepoint {
namespace {

namespace io = google::protobuf::io;

constexpr int kWrittenBlockBytes = 1 << 16;  // What a program that is killed may lose.
constexpr mode_t kReadableByAll = 0644;

}  // namespace

PacketOutput::PacketOutput(std::filesystem::path path) : path_(std::move(path)) {
  const int descriptor =
      open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, kReadableByAll);
  if (descriptor < 0) fail(errno);
  file_ = std::make_unique<io::FileOutputStream>(descriptor, kWrittenBlockBytes);
  file_->SetCloseOnDelete(true);
  coded_ = std::make_unique<io::CodedOutputStream>(file_.get());
  coded_->SetSerializationDeterministic(true);
}

PacketOutput::~PacketOutput() {
  if (!file_) return;
  coded_.reset();
  file_.reset();
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

void PacketOutput::write(const perfetto::protos::TracePacket& packet) {
  assert(coded_);
  coded_->WriteTag(kPacketTag);
  coded_->WriteVarint32(static_cast<std::uint32_t>(packet.ByteSizeLong()));
  packet.SerializeWithCachedSizes(coded_.get());
  if (coded_->HadError()) fail(file_->GetErrno());
}

void PacketOutput::flush() {
  assert(coded_);
  coded_->Trim();
  if (!file_->Flush()) fail(file_->GetErrno());
}

void PacketOutput::close() {
  assert(coded_);
  coded_.reset();                  // Hands its last bytes to the file.
  file_->SetCloseOnDelete(false);  // It may be closed once only.
  if (!file_->Close()) fail(file_->GetErrno());
  file_.reset();
}

void PacketOutput::fail(int error) const {
  throw std::runtime_error(path_.string() + ": cannot be written: " + std::strerror(error));
}

}  // namespace chokepoint
