#include "tools/print/json_value.hpp"

#include <catch2/catch.hpp>
#include <limits>

namespace chokepoint {
namespace {

TEST_CASE("json value: members keep their order, and what is not known is null", "[report]") {
  JsonValue json = JsonValue::object();
  json.add("b", 0.1).add("a", true).add("none", std::optional<double>());
  json.add("nan", std::numeric_limits<double>::quiet_NaN());
  json.add("list", JsonValue::list({"x", "y"}));
  CHECK(json.text() == R"({"b": 0.1, "a": true, "none": null, "nan": null, "list": ["x", "y"]})");
}

TEST_CASE("json value: whole numbers have all their digits", "[report]") {
  CHECK(JsonValue::whole(18'446'744'073'709'551'615ULL).text() == "18446744073709551615");
}

TEST_CASE("json value: what does not fit on a line is broken and indented", "[report]") {
  JsonValue json = JsonValue::object();
  json.add("long", std::string(90, 'x')).add("empty", JsonValue::list());
  CHECK(json.text() == "{\n  \"long\": \"" + std::string(90, 'x') + "\",\n  \"empty\": []\n}");
}

TEST_CASE("json value: texts are quoted as JSON asks for", "[report]") {
  CHECK(json_quoted("a \"b\" \\ \n \x01") == R"("a \"b\" \\ \n \u0001")");
  CHECK(json_quoted("\x1B \x7F \xC2\x9B \xE2\x80\xAE \xC3\xA9") ==
        "\"\\u001b \\u007f \\u009b \\u202e \xC3\xA9\"");
  CHECK(json_quoted("\x9B\xFF") == "\"??\"");  // JSON is UTF-8.
}

}  // namespace
}  // namespace chokepoint
