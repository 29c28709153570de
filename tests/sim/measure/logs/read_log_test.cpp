#include "sim/measure/logs/read_log.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "tests/paths.hpp"
#include "tests/sim/measure/logs/read_text.hpp"

namespace chokepoint {
namespace {

TEST_CASE("read log: formats are recognized by what is in them", "[measure][logs]") {
  CHECK(recognized(" {\"total_output_tokens\": 1}") == LogFormat::Benchmark);
  CHECK(recognized("{\"successes\": {}}") == LogFormat::InferencePerf);
  CHECK(recognized("{\"benchmarks\": [{\"request_totals\": 1}]}") == LogFormat::Guidellm);
  CHECK(recognized("{\"output_sequence_length\": {}}") == LogFormat::Aiperf);
  CHECK(recognized("x\n== Serving Benchmark Result ==\n") == LogFormat::Summary);
  CHECK(recognized("INFO GPU KV cache size: 1 tokens") == LogFormat::Startup);
  CHECK(recognized("chip_id,metric,value\n") == LogFormat::Csv);
  CHECK(recognized("| elapsed time per iteration (ms): 1") == LogFormat::Megatron);
  CHECK(recognized("0: :::MLLOG {}") == LogFormat::Mlperf);
  CHECK_FALSE(recognized("").has_value());
  CHECK_FALSE(recognized("{}").has_value());
  CHECK_FALSE(recognized("hello").has_value());
}

TEST_CASE("read log: every format has a name of its own", "[measure][logs]") {
  for (std::size_t i = 0; i < kLogFormats; ++i) {
    const auto format = static_cast<LogFormat>(i);
    CHECK(format_named(name(format)) == format);
  }
  CHECK_FALSE(format_named("yaml").has_value());
  CHECK(format_names(MeasuredWork::Training) ==
        std::vector<std::string>{"csv", "megatron", "mlperf"});
}

TEST_CASE("read log: a file that says nothing is refused", "[measure][logs]") {
  CHECK(read_serving("hello").complaint() == "0:0: its format is not recognized");
  CHECK(read_serving(":::MLLOG {}").complaint() ==
        "0:0: it holds measurements of training: mlperf");
  CHECK(read_training("GPU KV cache size: 1 tokens").complaint() ==
        "0:0: it holds measurements of serving: startup");
  CHECK(read_serving("metric,value\n").complaint() == "0:0: it holds no measurement: csv");
}

TEST_CASE("read log: any format may be named for any text", "[measure][logs]") {
  for (std::size_t i = 0; i < kLogFormats; ++i) {
    for (const std::string text : {"", "{", "hello", "1,2\n3", "\xff\xfe", "{}"}) {
      for (const MeasuredWork kind : {MeasuredWork::Serving, MeasuredWork::Training}) {
        ReadText read;
        read_log("f", text, kind, static_cast<LogFormat>(i), known_system(), read.measured,
                 read.found);
        CHECK(read.found.has_errors());
      }
    }
  }
}

std::vector<std::string> samples() {
  std::vector<std::string> texts;
  const std::filesystem::path folder = source_dir() + "/scenarios/measured/own";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".md") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    texts.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  return texts;
}

// As a fuzzer would, in a second: bytes changed, taken out and repeated, the end cut off.
TEST_CASE("read log: what is damaged is read, or complained of", "[measure][logs]") {
  std::minstd_rand random(7);
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random()) % n; };
  REQUIRE(samples().size() >= 10);
  for (const std::string& sample : samples()) {
    for (int i = 0; i < 60; ++i) {
      std::string text = sample;
      for (int j = 0; j < 4 && text.size() > 8; ++j) {
        const std::size_t at = below(text.size() - 8);
        if (j == 0) text[at] = static_cast<char>(below(256));
        if (j == 1) text.erase(at, below(8));
        if (j == 2) text.insert(at, text.substr(at, 8));
        if (j == 3 && i % 2 == 0) text.resize(at);
      }
      for (const MeasuredWork kind : {MeasuredWork::Serving, MeasuredWork::Training}) {
        ReadText read;
        read_log("f", text, kind, std::nullopt, known_system(), read.measured, read.found);
        const bool is_read = !read.measured.serving.empty() || !read.measured.training.empty();
        CHECK((is_read || !read.found.items().empty()));
      }
    }
  }
}

}  // namespace
}  // namespace chokepoint
