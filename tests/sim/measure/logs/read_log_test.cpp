#include "sim/measure/logs/read_log.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/measure/logs/read_text.hpp"

namespace chokepoint {
namespace {

TEST_CASE("read log: formats are recognized by what is in them", "[measure][logs]") {
  CHECK(recognized(" {\"total_output_tokens\": 1}") == LogFormat::Benchmark);
  CHECK(recognized("{\"successes\": {}}") == LogFormat::InferencePerf);
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

}  // namespace
}  // namespace chokepoint
