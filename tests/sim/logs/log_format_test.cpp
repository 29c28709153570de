#include "sim/logs/log_format.hpp"

#include <catch2/catch.hpp>

#include "sim/logs/log_lines.hpp"

namespace chokepoint {
namespace {

std::optional<RequestLogFormat> format_of_head(const std::string& head) {
  const std::string padded = head + std::string(LogLine::kPadding, '\0');
  const auto found = recognized_request_log(std::string_view(padded).substr(0, head.size()));
  const auto* format = std::get_if<RequestLogFormat>(&found);
  return format == nullptr ? std::nullopt : std::optional(*format);
}

TEST_CASE("log format: every one has a name", "[logs]") {
  const auto names = request_log_format_names();
  CHECK(names.size() == kRequestLogFormats);
  for (std::size_t i = 0; i < names.size(); ++i) {
    CHECK(request_log_format_named(names[i]) == static_cast<RequestLogFormat>(i));
  }
  CHECK_FALSE(request_log_format_named("xls"));
}

TEST_CASE("log format: is told by what is in it", "[logs]") {
  CHECK(format_of_head("TIMESTAMP,NumImages,ContextTokens,GeneratedTokens\n") ==
        RequestLogFormat::Azure);
  CHECK(format_of_head("Timestamp,Session ID,Elapsed time,Model,Request tokens,Response tokens,"
                       "Total tokens,Log Type\n") == RequestLogFormat::BurstGpt);
  CHECK(format_of_head("arrived_at,num_prefill_tokens,num_decode_tokens\n") ==
        RequestLogFormat::Csv);
  CHECK(format_of_head("0,0.085,6.69,Gamma,0.0223,73.0\n") == RequestLogFormat::ServeGen);
  CHECK(format_of_head("0,0,0,,0,0\r\n600,0,0,,0,0\r\n") == RequestLogFormat::ServeGen);
  CHECK(format_of_head("{\"input_lens\": [1], \"output_lens\": [2]}") ==
        RequestLogFormat::Benchmark);
  CHECK(format_of_head("{\n  \"date\": \"x\",\n  \"num_prompts\": 5") ==
        RequestLogFormat::Benchmark);
  CHECK(format_of_head("{\"a\": 1}\n") == RequestLogFormat::Jsonl);
  CHECK(format_of_head(" [\n{\"a\": 1}]") == RequestLogFormat::Jsonl);
  for (const std::string list : {"[%, %]", "[\n  %\n]", " [\r\n%,\r\n"}) {
    std::string text = list;
    for (auto at = text.find('%'); at != std::string::npos; at = text.find('%')) {
      text.replace(at, 1, "{\"timestamp\": 5, \"input_length\": 1, \"output_length\": 2}");
    }
    CHECK(format_of_head(text) == RequestLogFormat::Mooncake);
  }
  CHECK_FALSE(format_of_head("{\n  \"0\": {\"input_tokens\": \"{45: 0.1}\"}"));
  CHECK_FALSE(format_of_head("\n\n"));
  CHECK_FALSE(format_of_head("one two three\n"));
}

TEST_CASE("log format: binary files are named", "[logs]") {
  CHECK(binary_complaint("PK\x03\x04")->message == "is a zip archive, or a spreadsheet");
  CHECK(binary_complaint(std::string_view("ab\0", 3)));
  CHECK(binary_complaint(std::string_view("ab\r\0c", 5))->message ==
        "holds bytes that are no text");
  CHECK(binary_complaint("time,isl,osl\r1,2,3\r")->message == "ends its lines in CR alone");
  CHECK_FALSE(binary_complaint("time,isl,osl\r"));
  CHECK_FALSE(
      binary_complaint("\xef\xbb\xbf"
                       "tokens, \xe4\xb8\xad\t\r\n"));
}

}  // namespace
}  // namespace chokepoint
