#include "sim/measure/logs/serving_benchmark.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/measure/logs/read_text.hpp"

namespace chokepoint {
namespace {

const std::string kVllm = R"({
  "backend": "vllm", "model_id": "meta-llama/Llama-3.1-70B", "num_prompts": 160,
  "request_rate": "inf", "max_concurrency": 16, "duration": 80.0, "completed": 160,
  "total_input_tokens": 160000, "total_output_tokens": 16160, "request_throughput": 6.4,
  "output_throughput": 202.0, "mean_ttft_ms": 500.0, "median_ttft_ms": 480.0,
  "mean_tpot_ms": 20.0, "median_tpot_ms": 19.0, "input_lens": [1000, 1000]
})";

TEST_CASE("serving benchmark: a result file of vLLM", "[measure][logs]") {
  StatedFacts facts = known_system();
  facts.model.clear();
  facts.engine.clear();
  const auto read = read_serving(kVllm, facts);
  INFO(read.complaint());
  REQUIRE(read.measured.serving.size() == 1);
  CHECK(read.run().model == "Llama-3.1-70B");
  CHECK(read.run().engine == EngineFamily::Vllm);
  CHECK(read.run().prompt == 1000);
  CHECK(read.run().output == 101);
  CHECK(read.run().concurrency == 16);
  CHECK(read.run().waves == 10);
  CHECK(read.run().ttft->value == Approx(0.5));
  CHECK(read.run().tpot->value == Approx(0.02));
  CHECK(read.run().output_rate == TokensPerSecond{202});
}

TEST_CASE("serving benchmark: times in seconds, medians alone", "[measure][logs]") {
  const auto read = read_serving(
      R"({"num_prompts": 16, "request_rate": "inf", "max_concurrency": 4, "completed": 16,
          "good_completed": null, "total_input_tokens": 1600, "total_output_tokens": 160,
          "median_ttft": 3.5, "median_tpot": 0.14})");
  REQUIRE(read.measured.serving.size() == 1);
  CHECK(read.run().ttft->value == 3.5);
  CHECK(read.run().tpot->value == 0.14);
  CHECK(read.complaint().find("medians") != std::string::npos);
}

TEST_CASE("serving benchmark: lines of SGLang, bare infinities included", "[measure][logs]") {
  const std::string line =
      R"({"backend": "sglang", "request_rate": Infinity, "max_concurrency": 8, "completed": 80, )"
      R"("total_input_tokens": 80000, "total_output_tokens": 8000, "request_throughput": 4.0, )"
      R"("mean_e2e_latency_ms": 2000.0, "mean_ttft_ms": 90.0, "mean_tpot_ms": 11.5, )"
      R"("accept_length": NaN})";
  StatedFacts facts = known_system();
  facts.engine.clear();
  const auto read = read_serving(line + "\n" + line + "\n", facts);
  INFO(read.complaint());
  REQUIRE(read.measured.serving.size() == 2);
  CHECK(read.run(1).engine == EngineFamily::Sglang);
  CHECK(read.run(1).id == "file:2");
  CHECK(read.run(0).concurrency == 8);
  CHECK(read.run(0).speculation == Speculation::None);
}

TEST_CASE("serving benchmark: speculation as vLLM and SGLang report it", "[measure][logs]") {
  std::string vllm = kVllm;
  vllm.insert(1, R"("spec_decode_num_drafts": 100, "spec_decode_draft_tokens": 300,)");
  CHECK(read_serving(vllm).run().speculation == Speculation::Drafts);
  CHECK(read_serving(vllm).run().stated.drafted == 3.0);
  std::string sglang = kVllm;
  sglang.insert(1, R"("accept_length": 2.4,)");
  CHECK(read_serving(sglang).run().speculation == Speculation::Drafts);
  CHECK_FALSE(read_serving(sglang).run().stated.drafted);
}

TEST_CASE("serving benchmark: an interface of others names no engine", "[measure][logs]") {
  std::string text = kVllm;
  text.replace(text.find("\"vllm\""), 6, "\"openai\"");
  StatedFacts facts = known_system();
  facts.engine.clear();
  CHECK(read_serving(text, facts).complaint() == "0:0: it does not state the engine");
}

TEST_CASE("serving benchmark: what both print", "[measure][logs]") {
  const std::string printed =
      "noise\n============ Serving Benchmark Result ============\n"
      "Backend:                                 sglang    \n"
      "Traffic request rate:                    inf       \n"
      "Max reqeuest concurrency:                16        \n"
      "Successful requests:                     160       \n"
      "Total input tokens:                      160000    \n"
      "Total generated tokens:                  16000     \n"
      "Mean TTFT (ms):                          512.34    \n"
      "Mean TPOT (ms):                          20.50     \n"
      "==================================================\n";
  StatedFacts facts = known_system();
  facts.engine.clear();
  const auto read = read_serving(printed + printed, facts);
  INFO(read.complaint());
  REQUIRE(read.measured.serving.size() == 2);
  CHECK(read.run().engine == EngineFamily::Sglang);
  CHECK(read.run().output == 100);
  CHECK(read.run().tpot->value == Approx(0.0205));
  CHECK(read.measured.serving[1].where.line == 13);
}

}  // namespace
}  // namespace chokepoint
