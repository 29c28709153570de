#include "sim/scenario/text/diagnostics.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/scenario/scenario_folder.hpp"

namespace chokepoint {
namespace {

Diagnostics one(const std::string& text, int line, int column) {
  Diagnostics found;
  found.remember("a", text);
  found.error({"a", line, column}, "wrong");
  return found;
}

TEST_CASE("diagnostics: an error shows place, line, caret and help", "[scenario][diagnostics]") {
  Diagnostics found;
  found.remember("scenarios/demo.textproto", "devices {\n  layers: -3\n}\n");
  found.error({"scenarios/demo.textproto", 2, 11}, "layers is -3, must not be negative",
              "count them");
  CHECK(printed(found, "demo.textproto") ==
        "scenarios/demo.textproto:2:11: error: layers is -3, must not be negative\n"
        "      layers: -3\n"
        "              ^\n"
        "  help: count them\n"
        "demo.textproto: 1 error; nothing was run\n");
}

TEST_CASE("diagnostics: they come by file, line and column, each once", "[scenario][diagnostics]") {
  Diagnostics found;
  found.error({"b", 1, 1}, "fourth");
  found.error({"a", 10, 2}, "third");
  found.error({"a", 9, 7}, "second");
  found.error({"a", 9, 5}, "first");
  found.error({"a", 10, 2}, "third");
  CHECK(printed(found) ==
        "a:9:5: error: first\na:9:7: error: second\na:10:2: error: third\nb:1:1: error: fourth\n"
        "x.textproto: 4 errors; nothing was run\n");
}

TEST_CASE("diagnostics: one place keeps the order of discovery", "[scenario][diagnostics]") {
  Diagnostics found;
  found.error({"a", 1, 1}, "z");
  found.error({"a", 1, 1}, "a");
  CHECK(printed(found).rfind("a:1:1: error: z\na:1:1: error: a\n", 0) == 0);
}

TEST_CASE("diagnostics: a line of a file that is too long is remembered alone",
          "[scenario][diagnostics]") {
  Diagnostics found;
  found.error({"a", 1'000'000, 3}, "wrong");
  found.remember_line({"a", 1'000'000, 3}, "1,x,2");
  CHECK(found.line_at({"a", 1'000'000, 5}) == "1,x,2");
  CHECK(found.line_at({"a", 1, 1}).empty());
  CHECK(printed(found).starts_with("a:1000000:3: error: wrong\n    1,x,2\n      ^\n"));
}

TEST_CASE("diagnostics: a whole file has no line to show", "[scenario][diagnostics]") {
  Diagnostics found;
  found.remember("a", "text\n");
  found.error({"a", 0, 0}, "name is missing");
  CHECK(printed(found) == "a: error: name is missing\nx.textproto: 1 error; nothing was run\n");
}

TEST_CASE("diagnostics: a warning alone stops nothing", "[scenario][diagnostics]") {
  Diagnostics found;
  found.add({Diagnostic::Severity::Warning, {"a", 0, 0}, "odd", ""});
  CHECK_FALSE(found.has_errors());
  CHECK(printed(found) == "a: warning: odd\nx.textproto: 1 warning\n");
  found.error({"a", 0, 0}, "wrong");
  CHECK(found.has_errors());
  CHECK(printed(found).find("1 error, 1 warning; nothing was run") != std::string::npos);
}

TEST_CASE("diagnostics: nothing wrong prints nothing", "[scenario][diagnostics]") {
  CHECK(printed(Diagnostics{}).empty());
}

TEST_CASE("diagnostics: the caret stands under its column", "[scenario][diagnostics]") {
  const auto drawn = [](const std::string& text, int column) {
    const std::string all = printed(one(text, 1, column));
    const auto begin = all.find('\n') + 1;
    return all.substr(begin, all.rfind("^\n") - begin);
  };
  SECTION("tabs are repeated") {
    CHECK(drawn("\t\tx", 3) == "    \t\tx\n    \t\t");
  }
  SECTION("a character of several bytes is one column wide") {
    CHECK(drawn("\"\xC3\xA9\" x", 6) == "    \"\xC3\xA9\" x\n        ");
  }
  SECTION("a line end of two characters is not shown") {
    CHECK(drawn("abc\r\nnext", 2) == "    abc\n     ");
  }
  SECTION("behind the end of the line") {
    CHECK(drawn("ab", 9) == "    ab\n      ");
  }
}

TEST_CASE("diagnostics: of a long line the part around the caret is shown",
          "[scenario][diagnostics]") {
  std::string line(5000, 'a');
  line[2999] = 'X';
  const std::string all = printed(one(line, 1, 3000));
  const auto shown_begin = all.find("    ") + 4;
  const auto shown_end = all.find('\n', shown_begin);
  const auto excerpt = all.substr(shown_begin, shown_end - shown_begin);
  CHECK(excerpt.size() == 126);  // 120 columns between two "...".
  CHECK(excerpt.rfind("...", 0) == 0);
  const auto caret = all.find('^') - (shown_end + 1) - 4;
  CHECK(excerpt[caret] == 'X');
}

TEST_CASE("diagnostics: what steers a terminal is not passed on", "[scenario][diagnostics]") {
  Diagnostics found;
  found.error({"a", 0, 0}, "no device '\x1B[31m\n'");
  CHECK(printed(found).rfind("a: error: no device '?[31m?'\n", 0) == 0);
}

TEST_CASE("diagnostics: a hundred errors are kept, and more are counted",
          "[scenario][diagnostics]") {
  Diagnostics found;
  const auto add = [&](int errors) {
    for (int i = 0; i < errors; ++i) found.error({"a", i + 1, 1}, "wrong");
  };
  add(100);
  CHECK_FALSE(found.is_full());
  CHECK(printed(found).find("x.textproto: 100 errors; nothing was run") != std::string::npos);
  add(100'000);
  CHECK(found.is_full());
  CHECK(found.errors() == 100'100);
  CHECK(found.items().size() == 100);
  CHECK(printed(found).find("x.textproto: more than 100 errors; these were found first; nothing") !=
        std::string::npos);
}

TEST_CASE("diagnostics: long messages and names are shown by their ends",
          "[scenario][diagnostics]") {
  const std::string endless(1'000'000, 'x');
  Diagnostics found;
  found.error({endless, 1, 1}, endless, endless);
  CHECK(printed(found, endless).size() < 3'000);
}

}  // namespace
}  // namespace chokepoint
