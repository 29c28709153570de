#include "sim/logs/log_requests.hpp"

#include <catch2/catch.hpp>
#include <sstream>

#include "tests/sim/logs/log_file.hpp"

namespace chokepoint {
namespace {

const std::string kHeader = "timestamp,input_tokens,output_tokens\n";

TEST_CASE("log requests: a wrong line is told where it stands", "[logs]") {
  const auto complaint = [](const std::string& lines) {
    return read_log_text(kHeader + lines).complaint();
  };
  CHECK(complaint("1,5,6\n3,5,6\n2,5,6\n") ==
        "4:1: time goes back: this request arrived before the one above it");
  CHECK(complaint("1,-5,6\n") == "2:3: tokens of the prompt are '-5'");
  CHECK(complaint("1,5,6.5\n") == "2:5: tokens of the answer are '6.5'");
  CHECK(complaint("1,5,nan\n") == "2:5: tokens of the answer are 'nan'");
  CHECK(complaint("1,5,99999999999\n") == "2:5: tokens of the answer are '99999999999'");
  CHECK(complaint("1, ,6\n") == "2:4: tokens of the prompt are missing");
  CHECK(complaint("1,5,6\n2,5\n") == "3:4: this line has 2 of 3 cells");
  CHECK(complaint("1,5,6,7\n") == "2:7: this line has 4 cells and the header 3");
  CHECK(complaint("soon,5,6\n") ==
        "2:1: the time of arrival is 'soon', must be a number or a date and time");
  CHECK(complaint("-1,5,6\n") == "2:1: the time of arrival is '-1', must not be negative");
  CHECK(complaint("1,5,6\n2024-01-01 00:00:00,5,6\n").starts_with("3:1: this time is a date"));
  CHECK(complaint("1,5,6\n2,\"5,6\n") == "3:3: a quote that opens here does not close");
}

TEST_CASE("log requests: all wrong lines are told, with the line that is meant", "[logs]") {
  const auto read = read_log_text(kHeader + "1,5,6\n2,x,6\n3,5,y\n4,5,6\n");
  CHECK(read.found.errors() == 2);
  std::ostringstream report;
  print(report, read.found, "log");
  CHECK(report.str().find("    2,x,6\n      ^\n") != std::string::npos);
  CHECK(report.str().find("    3,5,y\n        ^\n") != std::string::npos);
}

TEST_CASE("log requests: wrong lines can be left out and are counted", "[logs]") {
  RequestLogOptions options;
  options.skip_bad = true;
  const auto read = read_log_text(kHeader + "1,5,6\n2,x,6\n0,5,6\n3,5,0\n4,5,6\n5,5", options);
  REQUIRE(read.summary);
  CHECK(read.requests.size() == 2);
  CHECK(read.summary->counts.skipped == 3);
  CHECK(read.summary->counts.without_tokens == 1);
  CHECK(read.requests[1].arrival == 3'000'000'000);
}

TEST_CASE("log requests: JSON is told where it is wrong", "[logs]") {
  const std::string good = "{\"timestamp\": 1, \"input_length\": 5, \"output_length\": 6}\n";
  const auto complaint = [&](const std::string& line) {
    return read_log_text(good + line).complaint();
  };
  CHECK(complaint("{\"timestamp\": 2, \"input_length\": 5, \"output_le") ==
        "2:47: this line is cut off, or is no JSON object");
  CHECK(complaint("{\"timestamp\": 2, \"input_length\": -5, \"output_length\": 6}\n") ==
        "2:34: tokens of the prompt are '-5'");
  CHECK(complaint("{\"timestamp\": 2, \"input_length\": 5}\n") ==
        "2:1: tokens of the answer are missing");
  CHECK(complaint("{\"timestamp\": 2, \"input_length\": null, \"output_length\": 6}\n") ==
        "2:34: tokens of the prompt are missing");
  CHECK(complaint("{\"timestamp\": 0.5, \"input_length\": 5, \"output_length\": 6}\n")
            .starts_with("2:15: time goes back"));
  CHECK(complaint("hello\n").starts_with("2:1: this line is"));
  const auto list = read_log_text(
      "[{\"time\": 1, \"isl\": 5, \"osl\": 6},\n  {\"time\": 2,\n   "
      "\"isl\": \"x\", \"osl\": 6}]");
  CHECK(list.complaint() == "3:11: tokens of the prompt are 'x'");
}

TEST_CASE("log requests: a log without tokens or times says what is missing", "[logs]") {
  const auto images = read_log_text("timestamp,model,images\n1,x,4\n");
  CHECK(
      images.complaint() ==
      "1:1: this log does not say how many tokens prompts have, nor how many tokens answers have");
  CHECK(images.help().starts_with("its columns are timestamp, model, images; say which one does"));
  const auto lengths = read_log_text("{\"input_length\": 5, \"output_length\": 6}\n{}\n");
  CHECK(lengths.found.errors() == 1);
  CHECK(lengths.complaint() == "1:1: this log does not say when requests arrive");
  CHECK(lengths.help().find("--rate or --concurrency") != std::string::npos);

  RequestLogOptions options;
  options.skip_bad = true;
  CHECK(read_log_text("{\"time\": 1, \"isl\": 5}\n{\"time\": 1, \"isl\": 5}\n", options)
            .complaint() == "1:1: this log does not say how many tokens answers have");
}

TEST_CASE("log requests: what is there twice is told where it is", "[logs]") {
  CHECK(read_log_text("time,isl,isl,osl\n1,2,3,4\n").complaint() ==
        "1:10: column 'isl' is there twice");
  const std::string good = "{\"time\": 1, \"isl\": 5, \"osl\": 6}\n";
  const std::string bad = "{\"time\": 2, \"isl\": 5, \"osl\": 6, \"isl\": 7}\n";
  CHECK(read_log_text(good + bad).complaint() == "2:40: field 'isl' is there twice");
  RequestLogOptions options;
  options.skip_bad = true;
  const auto skipped = read_log_text(good + bad + good, options);
  REQUIRE(skipped.summary);
  CHECK(skipped.requests.size() == 2);
  CHECK(skipped.summary->counts.skipped == 1);
}

TEST_CASE("log requests: roles need no other names", "[logs]") {
  CHECK(read_log_text("arrival,prompt,output\n1,5,6\n2,7,8\n").requests.size() == 2);
  CHECK(read_log_text("{\"arrival\": 1, \"prompt\": 5, \"output\": 6}\n").requests.size() == 1);
  const auto words = read_log_text("{\"arrival\": 1, \"prompt\": \"hello\", \"output\": 6}\n");
  CHECK(words.complaint() == "1:26: tokens of the prompt are 'hello'");
  CHECK(words.help().find("--column prompt=NAME") != std::string::npos);
}

TEST_CASE("log requests: a log of lengths is read where times come from elsewhere", "[logs]") {
  RequestLogOptions options;
  options.may_lack_times = true;
  const auto read = read_log_text("input_length,output_length\n5,6\n7,8\n", options);
  REQUIRE(read.summary);
  CHECK(read.summary->lacks_times);
  CHECK(read.requests.size() == 2);
  CHECK_FALSE(read_log_text(kHeader + "3,5,6\n", options).summary->lacks_times);
}

TEST_CASE("log requests: a person says which column is meant, and in which unit", "[logs]") {
  RequestLogOptions options;
  options.columns = {{LogRole::Arrival, "when"}, {LogRole::Output, "made"}};
  options.unit = TimeUnit::Millisecond;
  const std::string text = "timestamp,when,isl,osl,made\n9,10,5,6,60\n8,20,5,6,70\n";
  const auto read = read_log_text(text, options);
  REQUIRE(read.requests.size() == 2);
  CHECK(read.requests[1].arrival == 10'000'000);
  CHECK(read.requests[1].output == 70);
  options.columns = {{LogRole::Arrival, "where"}};
  CHECK(read_log_text(text, options).complaint() == "1:1: this log has no column 'where'");
}

TEST_CASE("log requests: clocks that count from 1970 tell their unit", "[logs]") {
  for (const char* epoch :
       {"1700000000", "1700000000000", "1700000000000000", "1700000000000000000"}) {
    const std::string begin(epoch);
    std::string later = begin;
    later[9] = '2';  // Two seconds on, in every unit.
    const auto read = read_log_text(kHeader + begin + ",5,6\n" + later + ",5,6\n");
    REQUIRE(read.requests.size() == 2);
    CHECK(read.requests[1].arrival == 2'000'000'000);
  }
}

TEST_CASE("log requests: more blocks than a prompt has are cut off and counted", "[logs]") {
  RequestLogOptions options;
  options.block_tokens = 16;
  const auto read = read_log_text(
      "{\"timestamp\": 1, \"input_length\": 33, \"output_length\": 6, \"hash_ids\": [1, 2, 3, "
      "4]}\n",
      options);
  REQUIRE(read.summary);
  CHECK(read.requests[0].blocks.size() == 3);
  CHECK(read.summary->counts.clipped == 1);
}

TEST_CASE("log requests: turns of a session are counted where the log does not", "[logs]") {
  const auto read = read_log_text("timestamp,session_id,isl,osl\n1,a,5,6\n2,b,5,6\n3,a,5,6\n");
  CHECK(read.requests[0].turn->session == read.requests[2].turn->session);
  CHECK(read.requests[0].turn->session != read.requests[1].turn->session);
  CHECK(read.requests[2].turn->turn == 1);
}

TEST_CASE("log requests: a mark of byte order, blank lines, comments and blanks do no harm",
          "[logs]") {
  const auto read = read_log_text(
      "\xef\xbb\xbf# made by hand\n\nTimeStamp\t Input_Tokens \tOUTPUT TOKENS\textra\r\n"
      "1\t 5\t6 \t\r\n\r\n2\t5\t6\tx");
  INFO(read.complaint());
  CHECK(read.requests.size() == 2);
}

}  // namespace
}  // namespace chokepoint
