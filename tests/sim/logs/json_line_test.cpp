#include "sim/logs/json_line.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

/// A line with room behind it, and what is read of it.
struct ReadLine {
  explicit ReadLine(std::string_view text) : padded(text) {
    padded.append(LogLine::kPadding, '#');
    complaint = json.read(std::string_view(padded).substr(0, text.size()), record);
  }
  std::string_view operator[](LogRole role) const { return record[role].text; }

  std::string padded;
  JsonLine json{{}};
  LogRecord record;
  std::optional<LineComplaint> complaint;
};

TEST_CASE("json line: roles by the names of fields, wherever they are", "[logs]") {
  const ReadLine line(
      R"({"id": "a", "meta": {"x": [1, {"isl": 9}], "timestamp_ms": 12.5}, "usage":
         {"prompt_tokens": 5, "completion_tokens": "6"}, "hash_ids": [1, -1, "b"], "t": null})");
  REQUIRE_FALSE(line.complaint);
  CHECK(line[LogRole::Arrival] == "12.5");
  CHECK(line.json.arrival_unit() == TimeUnit::Millisecond);
  CHECK(line[LogRole::Prompt] == "5");
  CHECK(line[LogRole::Output] == "6");
  REQUIRE(line.record.blocks.size() == 3);
  CHECK(line.record.blocks[0] == 1);
  CHECK(line.padded.substr(line.record[LogRole::Prompt].offset, 1) == "5");
}

TEST_CASE("json line: the better known name has the role", "[logs]") {
  CHECK(ReadLine(R"({"t": 1, "arrival_time": 2, "time": 3})")[LogRole::Arrival] == "2");
}

TEST_CASE("json line: a field that counts stands once in its object", "[logs]") {
  const ReadLine twice(R"({"time": 1, "isl": 2, "time": 3})");
  REQUIRE(twice.complaint);
  CHECK(twice.complaint->message == "field 'time' is there twice");
  CHECK(twice.complaint->offset == 30);
  CHECK(ReadLine(R"({"hash_ids": [1], "hash_ids": [2]})").complaint);
  CHECK(ReadLine(R"({"usage": {"isl": 1, "isl": 2}})").complaint);
  // Others, other objects, and other names of the same are no contradiction.
  CHECK_FALSE(ReadLine(R"({"x": 1, "x": 2})").complaint);
  CHECK_FALSE(ReadLine(R"({"a": {"isl": 1}, "b": {"isl": 2}, "isl": 3})").complaint);
  CHECK_FALSE(ReadLine(R"({"isl": 1, "prompt_tokens": 2})").complaint);
}

TEST_CASE("json line: what is no object", "[logs]") {
  for (const char* text : {"", "[1]", "5", "{\"a\": 1", "{\"a\": \"b", "{\"a\" 1}", "{\"a\": 1,, }",
                           "{\"a\": 1}{\"a\": 2}", "{\"a\": 1} x", "{\"a\": 1}}",
                           "{\"hash_ids\": [1, 2.5]}", "{\"time\": {\"a\": }}"}) {
    INFO(text);
    CHECK(ReadLine(text).complaint);
  }
}

TEST_CASE("json line: names of all fields", "[logs]") {
  ReadLine line(R"({"a": {"b": 1}, "c": [2]})");
  const auto names = line.json.names(std::string_view(line.padded).substr(0, 25));
  CHECK(names == std::vector<std::string>{"a", "b", "c"});
  CHECK_FALSE(line.json.names(std::string_view(line.padded).substr(0, 20)));
}

TEST_CASE("json line: lines one after the other, of other fields each", "[logs]") {
  std::string padded = R"({"isl": 5, "osl": 6}{"osl": 7, "isl": 8})" + std::string(64, ' ');
  JsonLine json{{}};
  LogRecord record;
  json.read(std::string_view(padded).substr(0, 20), record);
  CHECK(record[LogRole::Prompt].text == "5");
  json.read(std::string_view(padded).substr(20, 20), record);
  CHECK(record[LogRole::Prompt].text == "8");
  CHECK_FALSE(record[LogRole::Arrival].is_there);
}

}  // namespace
}  // namespace chokepoint
