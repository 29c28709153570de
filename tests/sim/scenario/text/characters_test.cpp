#include "sim/scenario/text/characters.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <string>

namespace chokepoint {
namespace {

using namespace std::string_literals;

TEST_CASE("UTF-8: well-formed sequences and no others", "[scenario][characters]") {
  CHECK_FALSE(first_non_utf8("a\xC3\xA9\xE4\xB8\xAD\xF0\x9F\x98\x80"));
  CHECK_FALSE(first_non_utf8("\xED\x9F\xBF\xEE\x80\x80\xF4\x8F\xBF\xBF"));
  const std::string bad = GENERATE(Catch::Generators::as<std::string>(),
                                   "\x80",      // A continuation without a lead.
                                   "\xC0\x80",  // Longer than needed.
                                   "\xC1\xBF", "\xE0\x9F\xBF", "\xF0\x8F\xBF\xBF",
                                   "\xED\xA0\x80",      // A surrogate.
                                   "\xF4\x90\x80\x80",  // Past the last code point.
                                   "\xF5\x80\x80\x80", "\xC3", "\xE4\xB8", "\xE4\xB8x");
  CHECK(first_non_utf8("ab" + bad) == 2);
}

TEST_CASE("characters: what steers a terminal is shown as '?'", "[scenario][characters]") {
  CHECK(printable("h20, \xE6\x98\x87\xE8\x85\xBE, \tcaf\xC3\xA9") ==
        "h20, \xE6\x98\x87\xE8\x85\xBE, \tcaf\xC3\xA9");
  CHECK(printable("\x1B[2J\r\n\x7F\0"s) == "?[2J????");
  CHECK(printable("\xC2\x80 \xC2\x9B \xC2\x9F \xC2\xA0") == "? ? ? \xC2\xA0");  // C1; then a space.
  CHECK(printable("\x9B") == "?");                                              // C1 as a byte.
  CHECK(printable("\xE2\x80\xAA\xE2\x80\xAE") == "??");                         // U+202A, U+202E.
  CHECK(printable("\xE2\x81\xA6\xE2\x81\xA9") == "??");                         // U+2066, U+2069.
  CHECK(printable("\xE2\x80\x8E\xE2\x80\x8F") == "??");                         // U+200E, U+200F.
  CHECK(printable("\xD8\x9C\xE2\x80\xA8\xE2\x80\xA9") == "???");  // U+061C, U+2028, U+2029.
  CHECK(printable("\xE2\x80\xAF\xE2\x81\xA5") == "\xE2\x80\xAF\xE2\x81\xA5");  // Beside those.
}

TEST_CASE("characters: whatever comes, what is printable is UTF-8 and stays so",
          "[scenario][characters]") {
  CHECK(rc::check([](const std::string& bytes) {
    const std::string shown = printable(bytes);
    RC_ASSERT(!first_non_utf8(shown));
    RC_ASSERT(shown.size() <= bytes.size());
    RC_ASSERT(shown.find('\x1B') == std::string::npos);
    RC_ASSERT(printable(shown) == shown);
  }));
}

TEST_CASE("characters: a long text is cut in its middle, between characters",
          "[scenario][characters]") {
  CHECK(shortened(std::string(60, 'x')) == std::string(60, 'x'));
  CHECK(shortened("begin" + std::string(100'000, 'x') + "end").size() == 40 + 3 + 15);
  std::string accents;
  for (int i = 0; i < 100; ++i) accents += "\xC3\xA9";
  for (std::size_t longest = 20; longest < 60; ++longest) {
    const std::string cut = shortened(accents, longest);
    CHECK_FALSE(first_non_utf8(cut));
    CHECK(cut.size() <= longest + 3);
  }
}

}  // namespace
}  // namespace chokepoint
