#include "sim/logs/log_bytes.hpp"

#include <zstd.h>

#include <algorithm>
#include <array>
#include <boost/iostreams/filter/gzip.hpp>
#include <boost/iostreams/filtering_streambuf.hpp>
#include <exception>
#include <ios>
#include <stdexcept>
#include <string_view>

#include "sim/files/regular_file.hpp"

namespace chokepoint {
namespace {

namespace packed = boost::iostreams;

constexpr std::string_view kGzip = "\x1f\x8b";
constexpr std::string_view kZstandard = "\x28\xb5\x2f\xfd";
constexpr std::size_t kBuffered = std::size_t{1} << 16U;

}  // namespace

struct LogBytes::Unpacked {
  /// A file whose first bytes were looked at.
  struct PeekedFile {
    explicit PeekedFile(const std::filesystem::path& path) : file(path) {
      while (file.complaint().empty() && head.size() < kZstandard.size()) {
        char byte = 0;
        if (file.read(&byte, 1) == 0) break;
        head += byte;
      }
    }

    std::size_t read(char* into, std::size_t size) {
      if (at == head.size()) return file.read(into, size);
      const std::size_t count = std::min(size, head.size() - at);
      std::copy_n(head.begin() + static_cast<std::ptrdiff_t>(at), count, into);
      at += count;
      return count;
    }

    RegularFile file;
    std::string head;
    std::size_t at = 0;
  };

  /// What Boost.Iostreams reads from; copies share the file.
  class FileDevice : public packed::source {
  public:
    explicit FileDevice(PeekedFile& file) : file_(&file) {}

    std::streamsize read(char* into, std::streamsize size) {
      const std::size_t got = file_->read(into, static_cast<std::size_t>(size));
      return got > 0 ? static_cast<std::streamsize>(got) : -1;
    }

  private:
    PeekedFile* file_;
  };

  /// Frames of Zstandard. The filter of Boost takes one that is cut off for whole.
  class Frames {
  public:
    explicit Frames(PeekedFile& file) : file_(&file), stream_(ZSTD_createDStream()) {}
    ~Frames() { ZSTD_freeDStream(stream_); }
    Frames(const Frames&) = delete;
    Frames& operator=(const Frames&) = delete;

    std::size_t read(char* into, std::size_t size) {
      ZSTD_outBuffer out{into, size, 0};
      while (out.pos == 0) {
        const bool is_new = in_.pos == in_.size;
        if (is_new) in_ = {packed_.data(), file_->read(packed_.data(), packed_.size()), 0};
        if (in_.size == 0 && !is_inside_) break;
        const std::size_t left = ZSTD_decompressStream(stream_, &out, &in_);
        if (ZSTD_isError(left) != 0) throw std::runtime_error(ZSTD_getErrorName(left));
        is_inside_ = left > 0;
        if (in_.size == 0 && is_inside_ && out.pos == 0) {  // Nor was anything held back.
          throw std::runtime_error("a frame is cut off");
        }
      }
      return out.pos;
    }

  private:
    PeekedFile* file_;
    ZSTD_DStream* stream_;
    std::array<char, kBuffered> packed_{};
    ZSTD_inBuffer in_{nullptr, 0, 0};
    bool is_inside_ = false;
  };

  explicit Unpacked(const std::filesystem::path& path) : file(path) {
    const std::string_view head = file.head;
    if (head.starts_with(kGzip)) {
      kind = "gzip";
      gzip = std::make_unique<packed::filtering_streambuf<packed::input>>();
      gzip->push(packed::gzip_decompressor());
      gzip->push(FileDevice(file), kBuffered);
    } else if (head.starts_with(kZstandard)) {
      kind = "Zstandard";
      frames = std::make_unique<Frames>(file);
    }
  }

  std::size_t read(char* into, std::size_t size) {
    if (frames) return frames->read(into, size);
    if (!gzip) return file.read(into, size);
    const auto got = gzip->sgetn(into, static_cast<std::streamsize>(size));
    return got > 0 ? static_cast<std::size_t>(got) : 0;
  }

  PeekedFile file;
  std::string_view kind;  ///< Empty: not packed.
  std::unique_ptr<packed::filtering_streambuf<packed::input>> gzip;
  std::unique_ptr<Frames> frames;
};

LogBytes::LogBytes(const std::filesystem::path& path) : unpacked_(new Unpacked(path)) {
  complaint_ = unpacked_->file.file.complaint();
}

LogBytes::~LogBytes() = default;

std::size_t LogBytes::read(char* into, std::size_t size) {
  if (!complaint_.empty()) return 0;
  std::size_t got = 0;
  try {
    got = unpacked_->read(into, size);
  } catch (const std::exception&) {
    complaint_ = "is damaged, or is cut off, as a file of " + std::string(unpacked_->kind);
  }
  const std::string& of_file = unpacked_->file.file.complaint();
  if (!of_file.empty()) complaint_ = of_file;
  return complaint_.empty() ? got : 0;
}

}  // namespace chokepoint
