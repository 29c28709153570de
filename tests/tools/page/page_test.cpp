#include "tools/page/page.hpp"

#include <rapidcheck/catch.h>
#include <catch2/catch.hpp>

#include "sim/scenario/text/characters.hpp"

namespace chokepoint {
namespace {

Page page_with(const std::string& text) {
  Page page;
  page.headline = text;
  PageFigure figure{"one",
                    Form::Lines,
                    text,
                    text,
                    text,
                    Table("one", {Column("x", Type::Real)}),
                    {{"x", text, "run", false, "", ""}}};
  figure.data.add_row({1.0 / 3.0});
  page.figures.push_back(std::move(figure));
  return page;
}

TEST_CASE("page: no text ends the script that holds the data", "[page]") {
  for (const std::string text : {"</script><script>alert(1)</script>", "<!--", "<img onerror=x>"}) {
    const std::string json = page_json(page_with(text));
    CHECK(json.find('<') == std::string::npos);
    CHECK(json.find("\\u003c") != std::string::npos);
  }
}

TEST_CASE("page: any bytes make JSON on one line without a less-than sign", "[page]") {
  rc::prop("one line", [](const std::string& text) {
    const std::string json = page_json(page_with(text));
    RC_ASSERT(json.find('<') == std::string::npos);
    RC_ASSERT(json.find('\n') == std::string::npos);
    RC_ASSERT(json.front() == '{');
    RC_ASSERT(json.back() == '}');
  });
}

TEST_CASE("page: numbers have six significant digits", "[page]") {
  CHECK(page_json(page_with("")).find("[[0.333333]]") != std::string::npos);
}

TEST_CASE("page: data stand where the marker stood, and nothing else changes", "[page]") {
  const std::string form = "<b>" + std::string(kPageMarker) + "</b>";
  CHECK(filled_template(form, "{}") == "<b>{}</b>");
  // What looks like a marker inside the data stays.
  CHECK(filled_template(form, std::string(kPageMarker)) == form);
}

}  // namespace
}  // namespace chokepoint
