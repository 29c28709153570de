#include "tools/page/memo.hpp"

#include <rapidcheck/catch.h>
#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

TEST_CASE("memo: texts are shown and never read as markup", "[page]") {
  rc::prop("escaped", [](const std::string& text) {
    const std::string escaped = markdown_escaped(text);
    RC_ASSERT(escaped.find('\n') == std::string::npos);
    for (std::size_t i = 0; i < escaped.size(); ++i) {
      if (escaped[i] != '<' && escaped[i] != '`' && escaped[i] != '[') continue;
      RC_ASSERT(i > 0 && escaped[i - 1] == '\\');
    }
  });
}

TEST_CASE("memo: holds the finding, a picture for each drawing and a table for each listing",
          "[page]") {
  Page page;
  page.headline = "More of it";
  page.commands = {"chokepoint report a"};
  Table lines("lines", {Column("x", Type::Real)}), rows("rows", {Column("name", Type::Text)});
  lines.add_row({1.0});
  rows.add_row({"a|b"});
  page.figures.push_back({"one", Form::Lines, "Up", "It goes up.", "trace", lines, {}});
  page.figures.push_back({"two", Form::Listing, "All", "All of it.", "trace", rows, {}});
  const std::string memo = memo_text(page, "figures");
  CHECK(memo.rfind("# More of it\n", 0) == 0);
  CHECK(memo.find("![Up](figures/one.svg)") != std::string::npos);
  CHECK(memo.find("two.svg") == std::string::npos);
  CHECK(memo.find("| a\\|b |") != std::string::npos);
  CHECK(memo.find("    chokepoint report a\n") != std::string::npos);
}

}  // namespace
}  // namespace chokepoint
