#include "tools/print/labeled_lines.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

TEST_CASE("labeled lines: texts stand below each other, and no text leaves no line", "[report]") {
  LabeledLines lines;
  lines.add("rule", "one");
  lines.add("clause", "");
  lines.add("citation", "two");
  CHECK(lines.text() == "  rule         one\n  citation     two\n");
}

TEST_CASE("labeled lines: a long text goes on below itself", "[report]") {
  LabeledLines lines;
  lines.add("rule", std::string(80, 'x') + " next");
  CHECK(lines.text() == "  rule         " + std::string(80, 'x') + " next\n");
  LabeledLines longer;
  longer.add("rule", std::string(81, 'x') + " next");
  CHECK(longer.text() == "  rule         " + std::string(81, 'x') + "\n" +
                             std::string(LabeledLines::text_indent(), ' ') + "next\n");
}

TEST_CASE("labeled lines: a block keeps its own breaks", "[report]") {
  LabeledLines lines;
  const std::string margin(LabeledLines::text_indent(), ' ');
  lines.add_block("what", margin + "any of\n" + margin + "  this\n");
  CHECK(lines.text() == "  what         any of\n" + margin + "  this\n");
}

}  // namespace
}  // namespace chokepoint
