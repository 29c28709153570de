#include "sim/measure/logs/benchmark_reports.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/measure/logs/read_text.hpp"

namespace chokepoint {
namespace {

TEST_CASE("benchmark reports: a stage of inference-perf", "[measure][logs]") {
  const auto read = read_serving(
      R"({"load_summary": {"requested_rate": 10.0},
          "successes": {"count": 600, "latency": {"request_latency": {"mean": 1.5},
            "time_per_output_token": {"mean": 0.01}, "time_to_first_token": {"mean": 0.05}},
            "throughput": {"output_tokens_per_sec": 640.0, "requests_per_sec": 10.0},
            "prompt_len": {"mean": 200.0}, "output_len": {"mean": 64.0}},
          "failures": {"count": 0, "request_latency": null}})");
  INFO(read.complaint());
  REQUIRE(read.measured.serving.size() == 1);
  CHECK(read.run().concurrency == Approx(15));
  CHECK(read.run().output == 64);
  CHECK(read.run().ttft->value == 0.05);
  CHECK(read.run().tpot->value == Approx(1.45 / 63));
}

std::string guidellm(const std::string& strategy, const std::string& in_flight) {
  return R"({"config": {"strategy": )" + strategy + R"(, "backend": {"model": "meta-llama/X"}},
    "duration": 80.0, "metrics": {"request_totals": {"successful": 160, "total": 170},
      "request_concurrency": {"successful": {"mean": 1.0}, "total": {"mean": )" +
         in_flight + R"(}},
      "request_latency": {"successful": {"mean": 2.5}},
      "prompt_token_count": {"successful": {"mean": 1000.0}},
      "output_token_count": {"successful": {"mean": 101.0}},
      "time_to_first_token_ms": {"successful": {"mean": 500.0}},
      "time_per_output_token_ms": {"successful": {"mean": 24.75}},
      "inter_token_latency_ms": {"successful": {"mean": 20.0}},
      "output_tokens_per_second": {"successful": {"mean": 202.0}}}})";
}

TEST_CASE("benchmark reports: each benchmark of GuideLLM is a run", "[measure][logs]") {
  StatedFacts facts = known_system();
  facts.model.clear();
  const auto read = read_serving(
      "{\"args\": {\"rate\": [4.0], \"backend\": \"openai_http\"}, \"benchmarks\": [\n" +
          guidellm(R"({"type_": "synchronous"})", "0.98") + ",\n" +
          guidellm(R"({"type_": "concurrent", "streams": 16})", "15.5") + ",\n" +
          guidellm(R"({"type_": "constant", "rate": 2.0})", "5.1") + ",\n" +
          guidellm(R"({"type_": "throughput", "max_concurrency": null})", "40") + "]}",
      facts);
  INFO(read.complaint());
  REQUIRE(read.measured.serving.size() == 4);
  CHECK(read.run(0).concurrency == 1);
  CHECK(read.run(1).concurrency == 16);
  CHECK(read.run(2).concurrency == Approx(5.1));
  CHECK(read.run(3).concurrency == Approx(40));
  CHECK(read.run(1).model == "X");
  CHECK(read.run(1).id == "file:13 #2");
  CHECK(read.run(1).prompt == 1000);
  CHECK(read.run(1).ttft->value == Approx(0.5));
  CHECK(read.run(1).tpot->value == Approx(0.02));
  CHECK_FALSE(read.run(1).output_rate);
  CHECK(read.complaint().starts_with("3:35: 10 of 170 requests failed"));
}

TEST_CASE("benchmark reports: a benchmark of GuideLLM that lacks something is named",
          "[measure][logs]") {
  CHECK(
      read_serving("{\"benchmarks\": [{\"metrics\": {\n\"request_totals\": {\"successful\": 3}}}]}")
          .complaint()
          .starts_with("2:1: "));
}

std::string aiperf(const std::string& unit, double scale) {
  const auto time = [&](const char* name, double ms) {
    return "\"" + std::string(name) + "\": {\"unit\": \"" + unit +
           "\", \"avg\": " + std::to_string(ms * scale) + "},\n";
  };
  return "{" + time("request_latency", 2500) + time("time_to_first_token", 500) +
         time("inter_token_latency", 20) +
         R"("request_throughput": {"unit": "requests/sec", "avg": 6.4},
            "request_count": {"unit": "requests", "avg": 160.0}, "error_request_count": null,
            "input_sequence_length": {"unit": "tokens", "avg": 1000.0},
            "output_sequence_length": {"unit": "tokens", "avg": 101.0},
            "output_token_throughput": {"unit": "tokens/sec", "avg": 646.4},
            "input_config": {"endpoint": {"model_names": ["meta-llama/X"]},
                             "loadgen": {"concurrency": 16, "request_rate": null}}})";
}

TEST_CASE("benchmark reports: an export of AIPerf, in any unit of time", "[measure][logs]") {
  StatedFacts facts = known_system();
  facts.model.clear();
  for (const auto& [unit, scale] : {std::pair{"ms", 1.0}, {"sec", 1e-3}, {"us", 1e3}}) {
    const auto read = read_serving(aiperf(unit, scale), facts);
    INFO(read.complaint());
    REQUIRE(read.measured.serving.size() == 1);
    CHECK(read.run().model == "X");
    CHECK(read.run().concurrency == 16);
    CHECK(read.run().waves == 10);
    CHECK(read.run().ttft->value == Approx(0.5));
    CHECK(read.run().tpot->value == Approx(0.02));
    CHECK(read.run().output_rate == TokensPerSecond{646.4});
  }
  CHECK(read_serving(aiperf("days", 1)).complaint() == "1:2: no unit 'days' of time");
}

// In versions that keep what was asked for elsewhere, Little's law says it.
TEST_CASE("benchmark reports: AIPerf without what was asked for", "[measure][logs]") {
  std::string text = aiperf("ms", 1);
  text.replace(text.find("loadgen"), 7, "load_v2");
  CHECK(read_serving(text).run().concurrency == Approx(16));
  text.replace(text.find("{\"endpoint"), 11, "[[\"endpoint");
  CHECK(read_serving(text).found.has_errors());
}

}  // namespace
}  // namespace chokepoint
