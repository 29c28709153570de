#include "tools/console/printable_stream.hpp"

#include <catch2/catch.hpp>
#include <sstream>

namespace chokepoint {
namespace {

/// What reaches the stream of what is printed in pieces of `size` bytes.
std::string passed(const std::string& text, std::size_t size) {
  std::ostringstream below;
  {
    PrintableStream printed(below);
    for (std::size_t at = 0; at < text.size(); at += size) below << text.substr(at, size);
  }
  return below.str();
}

TEST_CASE("printable stream: lines, tabs and the world's letters pass, in whatever pieces",
          "[console]") {
  const std::string text = "a\tb\n\xC3\xA9\xE4\xB8\xAD\xF0\x9F\x98\x80 end";
  for (std::size_t size = 1; size <= text.size(); ++size) CHECK(passed(text, size) == text);
}

TEST_CASE("printable stream: nothing that steers a terminal passes, in whatever pieces",
          "[console]") {
  const std::string text =
      "\x1b]0;t\x07\x1b[2J\r\x7f|\xC2\x9B|\x9B|\xE2\x80\xAE|\xE2\x81\xA6|\xE2\x80\x8F|\xE4\xB8";
  const std::string shown = "?]0;t??[2J??|?|?|?|?|?|??";
  for (std::size_t size = 1; size <= text.size(); ++size) CHECK(passed(text, size) == shown);
}

TEST_CASE("printable stream: single characters go the same way", "[console]") {
  std::ostringstream below;
  PrintableStream printed(below);
  for (const char c : std::string("x\xC2\x9By\x1b")) below.put(c);
  CHECK(below.str().size() >= 3);
  below.flush();
  CHECK(below.str() == "x?y?");
}

TEST_CASE("printable stream: who draws goes around it", "[console]") {
  std::ostringstream stream;
  PrintableStream printed(stream);
  std::ostream drawn(printed.below());
  drawn << "\r\x1b[2K" << std::flush;
  CHECK(stream.str() == "\r\x1b[2K");
}

}  // namespace
}  // namespace chokepoint
