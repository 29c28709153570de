#include "sim/logs/log_bytes.hpp"

#include <boost/iostreams/copy.hpp>
#include <boost/iostreams/filter/gzip.hpp>
#include <boost/iostreams/filter/zstd.hpp>
#include <boost/iostreams/filtering_streambuf.hpp>
#include <catch2/catch.hpp>
#include <sstream>

#include "tests/sim/logs/log_file.hpp"

namespace chokepoint {
namespace {

namespace packed = boost::iostreams;

template <class Filter>
std::string pack(const std::string& text, Filter filter) {
  std::istringstream in(text);
  std::ostringstream out;
  packed::filtering_streambuf<packed::input> stream;
  stream.push(filter);
  stream.push(in);
  packed::copy(stream, out);
  return out.str();
}

struct ReadBytes {
  std::string content, complaint;
};

ReadBytes read_all(const std::string& bytes) {
  const LogFolder folder;
  LogBytes log(folder.file("log", bytes));
  ReadBytes read;
  char block[1000];
  while (const std::size_t got = log.read(block, sizeof block)) read.content.append(block, got);
  read.complaint = log.complaint();
  return read;
}

std::string long_text() {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += std::to_string(i * 7919) + "\n";
  return text;
}

TEST_CASE("log bytes: what is packed reads as what was packed", "[logs]") {
  const std::string text = long_text();
  const std::string gzip = pack(text, packed::gzip_compressor());
  const std::string zstd = pack(text, packed::zstd_compressor());
  for (const auto& bytes : {text, gzip, zstd}) {
    const auto read = read_all(bytes);
    CHECK(read.complaint.empty());
    CHECK(read.content == text);
  }
  CHECK(read_all(gzip + gzip).content == text + text);
  for (const char* few : {"", "a", "\x1f", "abc"}) CHECK(read_all(few).content == few);
}

TEST_CASE("log bytes: what is packed and damaged is told", "[logs]") {
  const std::string gzip = pack(long_text(), packed::gzip_compressor());
  const std::string zstd = pack(long_text(), packed::zstd_compressor());
  for (std::string bytes : {gzip, zstd}) {
    INFO((bytes == gzip ? "gzip" : "Zstandard"));
    CHECK(read_all(bytes.substr(0, bytes.size() / 2)).complaint.starts_with("is damaged"));
    for (std::size_t i = 0; i < 64; ++i) bytes[bytes.size() / 2 + i] = 'x';
    CHECK(read_all(bytes).complaint.starts_with("is damaged"));
  }
}

TEST_CASE("log bytes: no file, no bytes", "[logs]") {
  LogBytes none("/nowhere/at/all");
  char byte = 0;
  CHECK(none.complaint() == "no such file");
  CHECK(none.read(&byte, 1) == 0);
}

}  // namespace
}  // namespace chokepoint
