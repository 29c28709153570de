#include "sim/logs/request_log.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <random>

#include "models/serving/sources/prefix_reuse.hpp"
#include "tests/paths.hpp"
#include "tests/sim/logs/log_file.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;

// The samples tell of the same three requests, each in its own way.
TEST_CASE("request log: every format is recognized and says the same", "[logs]") {
  for (const SampleLog& sample : sample_logs()) {
    const auto read = read_log_text(sample.text);
    INFO(facts_of(sample.format).name << ": " << read.complaint());
    REQUIRE(read.summary);
    CHECK(read.summary->format == sample.format);
    REQUIRE(read.requests.size() == 3);
    CHECK(read.requests[0].arrival == 0);
    CHECK(read.requests[1].arrival == 4'314'579'000);
    CHECK(read.requests[2].arrival == 4'541'877'000);
    CHECK(read.requests[1].prompt == 396);
    CHECK(read.requests[1].output == 109);
    CHECK(read.summary->counts.requests == 3);
    CHECK(read.summary->span == 4'541'877'000);
    CHECK(read.summary->prompt_tokens == 374 + 396 + 879);
    CHECK(read.summary->longest_context == 879 + 55);
  }
}

TEST_CASE("request log: a format that is forced is not asked for", "[logs]") {
  RequestLogOptions options;
  options.format = RequestLogFormat::Qwen;  // Which counts in seconds.
  const auto read = read_log_text(sample_logs()[3].text, options);
  REQUIRE(read.summary);
  CHECK(read.summary->format == RequestLogFormat::Qwen);
  CHECK(read.requests[2].arrival == 4'541'877'000'000);

  options.format = RequestLogFormat::Csv;
  CHECK(read_log_text(sample_logs()[3].text, options).found.has_errors());
}

TEST_CASE("request log: blocks and sessions are those of the log", "[logs]") {
  const auto mooncake = read_log_text(sample_logs()[3].text);
  CHECK(mooncake.summary->block_tokens == 512);
  CHECK(mooncake.requests[2].blocks == std::vector<std::uint64_t>{0, 2});
  const auto qwen = read_log_text(sample_logs()[4].text);
  CHECK(qwen.summary->block_tokens == 128);  // What makes three blocks of 374 tokens.
  CHECK(qwen.requests[0].turn->session == 7);
  CHECK(qwen.requests[2].turn->session == 7);
  CHECK(qwen.requests[2].turn->turn == 1);
  CHECK(qwen.requests[1].turn->session == 8);
}

TEST_CASE("request log: what has no end, no beginning and no text", "[logs]") {
  const LogFolder folder;
  CHECK(read_log_file(folder.path() / "none").complaint() == "0:0: no such file");
  CHECK(read_log_file("/dev/zero").complaint() == "0:0: is no regular file");
  CHECK(read_log_file(folder.path()).complaint() ==
        "0:0: holds no client of ServeGen that sends anything");
  CHECK(read_log_text("").complaint() == "0:0: is empty");
  CHECK(read_log_text(std::string("\x7f"
                                  "ELF\x02\x00\x01",
                                  7))
            .complaint() == "0:0: is a program");
  CHECK(read_log_text("PAR1xyz").complaint() == "0:0: is a Parquet file");
  CHECK(read_log_text(std::string("a,b\0c\n", 6)).complaint() ==
        "0:0: holds bytes that are no text");
  CHECK(read_log_text("Nov 30 host kernel: up\n").complaint() ==
        "0:0: is no log of requests: it begins with 'Nov 30 host kernel: up'");
}

// A sparse file takes no disk; what is no log is told from its head.
TEST_CASE("request log: a file of ten gigabytes given by mistake is refused at once", "[logs]") {
  const LogFolder folder;
  const auto zeros = folder.file("zeros", "");
  fs::resize_file(zeros, std::uintmax_t{10} << 30U);
  CHECK(read_log_file(zeros).complaint() == "0:0: holds bytes that are no text");

  const auto text = folder.file("text", std::string(LogLines::kLongestLine + 100'000, 'x'));
  CHECK(read_log_file(text).complaint().starts_with("0:0: is no log of requests"));
  const auto one_line = folder.file("line", "timestamp,input_tokens,output_tokens\n" +
                                                std::string(LogLines::kLongestLine + 100'000, '1'));
  CHECK(read_log_file(one_line).complaint() == "2:0: has a line of more than 8 MiB");
}

TEST_CASE("request log: a log without a request is wrong", "[logs]") {
  CHECK(read_log_text("timestamp,input_tokens,output_tokens\n").complaint() ==
        "0:0: holds no request");
  const auto failed = read_log_text("timestamp,input_tokens,output_tokens\n1,5,0\n2,0,7\n");
  CHECK(failed.complaint() == "0:0: holds no request");
  CHECK(failed.help() == "0 lines are wrong, 2 have no tokens");
}

TEST_CASE("request log: one that changed after it was checked throws", "[logs]") {
  const LogFolder folder;
  const std::string text = sample_logs()[0].text;
  const auto path = folder.file("log", text);
  Diagnostics found;
  const auto summary = check_request_log(path, {}, found);
  REQUIRE(summary);
  folder.file("log", text + "2023-11-16 18:15:52,-3,1\n");
  CHECK_THROWS_AS(
      [&] {
        const auto source = open_request_log(path, *summary, {});
        while (source->next()) {
        }
      }(),
      std::runtime_error);
}

// Cut anywhere, or with any byte changed, a log is read or refused; it is never both, nor neither.
TEST_CASE("request log: any damage is told or does no harm", "[logs]") {
  const LogFolder folder;
  std::mt19937 random(1);
  const auto check = [&](const std::string& text, bool skip_bad) {
    RequestLogOptions options;
    options.skip_bad = skip_bad;
    const auto read = read_log_file(folder.file("log", text), options);
    CHECK(read.summary.has_value() != read.found.has_errors());
    if (read.summary) CHECK(read.requests.size() == read.summary->counts.requests);
  };
  for (const SampleLog& sample : sample_logs()) {
    for (std::size_t size = 0; size < sample.text.size(); size += 3) {
      check(sample.text.substr(0, size), size % 2 == 0);
    }
    for (int i = 0; i < 300; ++i) {
      std::string text = sample.text;
      text[random() % text.size()] = static_cast<char>(random());
      check(text, i % 2 == 0);
    }
  }
}

/// Logs that were recorded stand beside the project, where they are.
fs::path recorded(const std::string& name) {
  return fs::path(source_dir()).parent_path() / "shared/data/traces" / name;
}

// 36.6 % and 64.0 % of blocks, as computed from the released logs; Mooncake, FAST '25.
TEST_CASE("request log: recorded logs of Mooncake reuse as many blocks as is known", "[logs]") {
  for (const auto& [name, requests, share] :
       {std::tuple{"conversation", 12'031U, 0.366}, {"synthetic", 3'993U, 0.640}}) {
    const auto path = recorded(std::string("mooncake_fast25/") + name + "_trace.jsonl");
    if (!fs::exists(path)) continue;
    Diagnostics found;
    const auto summary = check_request_log(path, {}, found);
    REQUIRE(summary);
    CHECK(summary->counts.requests == requests);
    CHECK(summary->counts.clipped == 0);
    const auto source = open_request_log(path, *summary, {});
    CHECK(unbounded_prefix_reuse(*source).share() == Approx(share).margin(0.0005));
  }
}

TEST_CASE("request log: recorded logs are read", "[logs]") {
  for (const auto& [name, format, requests] :
       {std::tuple{"azure_llm_2023/AzureLLMInferenceTrace_code.csv", RequestLogFormat::Azure,
                   8'819U},
        {"azure_llm_2023/AzureLLMInferenceTrace_conv.csv", RequestLogFormat::Azure, 19'366U},
        {"vllm_requests/RTXPRO6000_Llama-3.1-8B/requests.jsonl", RequestLogFormat::Engine, 300U},
        {"vllm_bench/glm5_fp8_vllm_tp8_isl6144_osl128_conc16.json", RequestLogFormat::Benchmark,
         160U}}) {
    if (!fs::exists(recorded(name))) continue;
    Diagnostics found;
    const auto summary = check_request_log(recorded(name), {}, found);
    INFO(name);
    REQUIRE(summary);
    CHECK(summary->format == format);
    CHECK(summary->counts.requests == requests);
  }
  const auto clients = recorded("servegen/deepseek-r1");
  if (!fs::exists(clients)) return;
  Diagnostics found;
  const auto summary = check_request_log(clients, {}, found);
  REQUIRE(summary);
  CHECK(static_cast<double>(summary->counts.requests) == Approx(1'383'669).epsilon(0.02));
}

}  // namespace
}  // namespace chokepoint
