#include "sim/scenario/text/tokens.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/scenario/scenario_folder.hpp"

namespace chokepoint {
namespace {

using Tokenizer = TextTokens::Tokenizer;

TEST_CASE("tokens: columns count bytes from 1, tabs as one", "[scenario][tokens]") {
  Diagnostics found;
  const std::string file = "x";
  const std::string text = "a\n\t b\n\"\xC3\xA9\" c\n";
  TextTokens tokens(text, file, found);
  CHECK(shown(tokens.here()) == "x:1:1");
  tokens.next();
  CHECK(shown(tokens.here()) == "x:2:3");
  CHECK(tokens.begins_line());
  tokens.next();
  CHECK(tokens.type() == Tokenizer::TYPE_STRING);
  tokens.next();
  CHECK(shown(tokens.here()) == "x:3:6");
  CHECK_FALSE(tokens.begins_line());
  tokens.next();
  CHECK(tokens.at_end());
}

TEST_CASE("tokens: a block is passed with all blocks in it", "[scenario][tokens]") {
  Diagnostics found;
  const std::string file = "x";
  const std::string text = "{ a < b [1, 2] > \"}\" # }\n } c";
  TextTokens tokens(text, file, found);
  CHECK(tokens.opens());
  tokens.skip_block();
  CHECK(tokens.text() == "c");
  CHECK_FALSE(found.has_errors());
}

TEST_CASE("tokens: a block that is never closed ends with the text", "[scenario][tokens]") {
  Diagnostics found;
  const std::string file = "x";
  const std::string text = "{ { a }";
  TextTokens tokens(text, file, found);
  tokens.skip_block();
  CHECK(tokens.at_end());
}

TEST_CASE("tokens: malformed ones are reported in our words, once a line", "[scenario][tokens]") {
  Diagnostics found;
  const std::string file = "x";
  const std::string text = "\"open\n1.2.3\n\xC3\xA9\n";
  TextTokens tokens(text, file, found);
  while (!tokens.at_end()) {
    tokens.error(tokens.here(), "also wrong");
    tokens.next();
  }
  std::string all;
  for (const auto& item : found.items()) all += shown(item.where) + " " + item.message + "\n";
  CHECK(all ==
        "x:1:6 the text is not closed on its line\n"
        "x:2:4 already saw decimal point or exponent; can't have another one\n"
        "x:3:1 this character belongs in quotes\n");
}

TEST_CASE("tokens: once more errors were found than are kept, the rest is passed",
          "[scenario][tokens]") {
  Diagnostics found;
  const std::string file = "x";
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "a\n";
  TextTokens tokens(text, file, found);
  int seen = 0;
  for (; !tokens.at_end(); tokens.next(), ++seen) tokens.error(tokens.here(), "wrong");
  CHECK(seen == 101);
  CHECK(found.items().size() == 100);

  TextTokens of_another_file(text, file, found);
  of_another_file.next();
  CHECK(of_another_file.at_end());
}

// A line of a million tokens, each behind a tab: every place is counted on from the one before.
TEST_CASE("tokens: places in one long line with tabs take linear time", "[scenario][tokens]") {
  Diagnostics found;
  const std::string file = "x";
  std::string text;
  for (int i = 0; i < 1'000'000; ++i) text += "\ta";
  TextTokens tokens(text, file, found);
  int expected = 2;
  for (; !tokens.at_end(); tokens.next(), expected += 2) {
    if (tokens.here().column != expected) FAIL("column " << tokens.here().column);
  }
  CHECK(expected == 2'000'002);
}

}  // namespace
}  // namespace chokepoint
