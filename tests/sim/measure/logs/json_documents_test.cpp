#include "sim/measure/logs/json_documents.hpp"

#include <catch2/catch.hpp>

#include "chokepoint/v1/logs.pb.h"

namespace chokepoint {
namespace {

struct Read {
  chokepoint::v1::ServingBenchmark message;
  Diagnostics found;
  bool is_read = false;
};

Read read(const std::string& text) {
  Read made;
  made.is_read = read_json(LogSource("f", text), text, made.message, made.found);
  return made;
}

TEST_CASE("json: one object over many lines, or one a line", "[measure][logs]") {
  CHECK(json_documents("{\n \"a\": 1\n}\n").size() == 1);
  CHECK(json_documents("{\"a\": 1}").size() == 1);
  CHECK(json_documents("\n{\"a\": 1}\n\n{\"a\": 2}\r\n").size() == 2);
  CHECK(json_documents("").size() == 1);
}

TEST_CASE("json: what Python writes bare keeps its place", "[measure][logs]") {
  CHECK(without_bare_words("[NaN, Infinity, -Infinity, -1, NaN]") ==
        "[\"\" , \"inf\"   , \"-inf\"   , -1,null]");
  CHECK(without_bare_words("{\"NaN\": \"Infinity \\\" NaN\"}") ==
        "{\"NaN\": \"Infinity \\\" NaN\"}");
  CHECK(without_bare_words("\"\\") == "\"\\");
}

TEST_CASE("json: fields that are not known are passed over, null is not said", "[measure][logs]") {
  const Read made = read(R"({"completed": 3, "itls": [[1, 2], [3]], "max_concurrency": null})");
  REQUIRE(made.is_read);
  CHECK(made.message.completed() == 3);
  const Read nan = read(R"({"completed": 3, "mean_tpot_ms": NaN})");
  CHECK(nan.is_read);
  CHECK_FALSE(nan.message.has_mean_tpot_ms());
  CHECK_FALSE(made.message.has_max_concurrency());
}

TEST_CASE("json: complaints say where", "[measure][logs]") {
  const Read wrong = read("{\n  \"completed\": \"many\"\n}");
  REQUIRE(wrong.found.errors() == 1);
  CHECK(wrong.found.items()[0].where == SourceLocation{"f", 2, 3});
  CHECK(wrong.found.items()[0].message == "(completed): invalid value \"many\"");
  const Read broken = read("{\n  \"completed\": 1\n  \"duration\": 2\n}");
  REQUIRE(broken.found.errors() == 1);
  CHECK(broken.found.items()[0].where.line == 3);
  CHECK(broken.found.items()[0].message.starts_with("this is no JSON: "));
  CHECK_FALSE(read("[1]").is_read);
  CHECK_FALSE(read("").is_read);
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "{\"a\":";
  CHECK_FALSE(read(deep).is_read);
}

}  // namespace
}  // namespace chokepoint
