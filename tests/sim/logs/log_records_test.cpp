#include "sim/logs/log_records.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/logs/log_file.hpp"

namespace chokepoint {
namespace {

/// "line:column prompt" of each record, or the complaint.
std::vector<std::string> records_in(const std::string& text, bool is_table) {
  const LogFolder folder;
  LogRecords records(folder.file("log", text), is_table, {});
  std::vector<std::string> all;
  LogRecord record;
  while (auto line = records.next()) {
    const auto complaint = records.read(*line, record);
    all.push_back(std::to_string(line->number) + ":" + std::to_string(line->column) + " " +
                  (complaint ? complaint->message : std::string(record[LogRole::Prompt].text)));
  }
  if (!records.complaint().empty()) all.push_back(records.complaint());
  return all;
}

using Records = std::vector<std::string>;

TEST_CASE("log records: rows of a table", "[logs]") {
  CHECK(records_in("a,isl\n1,2\n\n3,4\n", true) == Records{"2:1 2", "4:1 4"});
  CHECK(records_in("a,isl\n\"x\ny\nz\",2\n3,4\n", true) == Records{"2:1 2", "5:1 4"});
  CHECK(records_in("isl\n\"2\n3\n", true) == Records{"2:1 a quote that opens here does not close"});
}

TEST_CASE("log records: lines of JSON, and elements of a list", "[logs]") {
  CHECK(records_in("{\"isl\": 2}\n \n{\"isl\": 3}", false) == Records{"1:1 2", "3:1 3"});
  CHECK(records_in("[{\"isl\": 2}, {\"isl\": [\"]\", {}], \"a\": \"}\\\"\"},\n  {\"isl\":\n3}]",
                   false) == Records{"1:2 2", "1:14 ", "2:3 3"});
  CHECK(records_in("[1, {\"isl\": 2}", false) ==
        Records{"1:2 this line is no JSON object", "1:5 2"});
  CHECK(records_in("[", false).empty());
  CHECK(records_in("[]\n", false).empty());
}

TEST_CASE("log records: a table says its columns", "[logs]") {
  const LogFolder folder;
  const LogRecords records(folder.file("log", "# x\n timestamp_ms ,isl\n"), true, {});
  REQUIRE(records.header());
  CHECK(records.header()->number == 2);
  CHECK(records.arrival_unit() == TimeUnit::Millisecond);
}

}  // namespace
}  // namespace chokepoint
