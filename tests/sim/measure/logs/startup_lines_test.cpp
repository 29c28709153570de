#include "sim/measure/logs/startup_lines.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/measure/logs/read_text.hpp"

namespace chokepoint {
namespace {

StatedFacts without_ranks() {
  StatedFacts facts = known_system();
  facts.devices.reset();
  facts.tensor.reset();
  facts.engine.clear();
  return facts;
}

TEST_CASE("startup: vLLM states requests of its longest length", "[measure][logs]") {
  const auto read = read_serving(
      "INFO Initializing a V1 LLM engine with config: model='meta-llama/X', "
      "tensor_parallel_size=4, pipeline_parallel_size=1, x\n"
      "INFO Model loading took 16.5 GiB and 3 seconds\n"
      "INFO GPU KV cache size: 412,736 tokens\n"
      "INFO Maximum concurrency for 40,960 tokens per request: 10.00x\n",
      without_ranks());
  INFO(read.complaint());
  REQUIRE(read.measured.serving.size() == 1);
  CHECK(read.run().engine == EngineFamily::Vllm);
  CHECK(read.run().devices == 4);
  CHECK(read.run().kv_tokens == Tokens{409600});
  CHECK(read.run().kv_request == Tokens{40960});
  CHECK(read.measured.serving[0].where.line == 3);
  CHECK(read.measured.serving[0].weights->value == Approx(16.5 * 1024 * 1024 * 1024));
}

TEST_CASE("startup: SGLang states tokens, the least of workers counts", "[measure][logs]") {
  const auto read = read_serving(
      "server_args=ServerArgs(model_path='x/y', tp_size=2, pp_size=1)\n"
      "[TP0] Load weight end. type=X, avail mem=60.0 GB, mem usage=15.06 GB.\n"
      "[TP0] KV Cache is allocated. #tokens: 456789, K size: 13 GB\n"
      "[TP1] max_total_num_tokens=456000, chunked_prefill_size=8192, available_gpu_mem=8.51 GB\n",
      without_ranks());
  INFO(read.complaint());
  REQUIRE(read.measured.serving.size() == 1);
  CHECK(read.run().engine == EngineFamily::Sglang);
  CHECK(read.run().kv_tokens == Tokens{456000});
  CHECK(read.run().tensor == 2);
}

/// Of a start that prints these arguments.
ReadText started(const std::string& arguments) {
  const bool is_sglang = arguments.find("tp_size") != std::string::npos;
  return read_serving(arguments + (is_sglang ? "\nmax_total_num_tokens=456000\n"
                                             : "\nGPU KV cache size: 412,736 tokens\n"),
                      without_ranks());
}

TEST_CASE("startup: degrees of parallelism of SGLang, attention divided or not",
          "[measure][logs]") {
  const auto divided = started(
      "server_args=ServerArgs(model_path='x/y', tp_size=8, moe_dense_tp_size=None, dp_size=4, "
      "ep_size=8, pp_size=2, enable_dp_attention=True)");
  INFO(divided.complaint());
  CHECK(divided.run().tensor == 2);
  CHECK(divided.run().attention_dp == 4);
  CHECK(divided.run().pipeline == 2);
  CHECK(divided.run().devices == 16);
  CHECK(divided.run().expert == 8);
  const auto engines =
      started("ServerArgs(tp_size=2, dp_size=4, ep_size=1, pp_size=1, enable_dp_attention=False)");
  CHECK(engines.run().tensor == 2);
  CHECK(engines.run().attention_dp == 1);
  CHECK(engines.run().devices == 2);
  CHECK(engines.run().expert == 1);
  CHECK(started("ServerArgs(tp_size=8, dp_size=3, enable_dp_attention=True)").complaint() ==
        "2:1: dp_size 3 does not divide tp_size 8");
}

TEST_CASE("startup: degrees of parallelism of vLLM, in either way it prints them",
          "[measure][logs]") {
  for (const char* arguments :
       {"config: model='x/y', speculative_config=None, tensor_parallel_size=2, "
        "pipeline_parallel_size=1, data_parallel_size=4, enable_expert_parallel=True",
        "non-default args: {'model': 'x/y', 'tensor_parallel_size': 2, 'data_parallel_size': 4, "
        "'enable_expert_parallel': True}"}) {
    const auto read = started(arguments);
    INFO(read.complaint());
    CHECK(read.run().tensor == 2);
    CHECK(read.run().attention_dp == 4);
    CHECK(read.run().devices == 8);
    CHECK(read.run().expert == 8);
    CHECK(read.run().speculation == Speculation::None);
  }
}

TEST_CASE("startup: speculation", "[measure][logs]") {
  const std::string ranks = "tensor_parallel_size=1, ";
  CHECK(started(ranks + "speculative_config=SpeculativeConfig(method='deepseek_mtp', n=1)")
            .run()
            .speculation == Speculation::Mtp);
  CHECK(started(ranks + "speculative_config=SpeculativeConfig(method='eagle3', n=1)")
            .run()
            .speculation == Speculation::Drafts);
  CHECK(started("'tensor_parallel_size': 1, 'speculative_config': {'n': 1, 'method': 'mtp'}, x")
            .run()
            .speculation == Speculation::Mtp);
  CHECK(started("tp_size=1, speculative_algorithm='EAGLE', path='mtp')").run().speculation ==
        Speculation::Drafts);
  CHECK(started("tp_size=1, speculative_algorithm=None").run().speculation == Speculation::None);
}

TEST_CASE("startup: a degree beyond what may be is refused where it stands", "[measure][logs]") {
  for (const std::string value : {"3000000000", "1e300", "0", "-1", "1.5"}) {
    const auto read = started("x tensor_parallel_size=" + value);
    INFO(read.complaint());
    CHECK(read.measured.serving.empty());
    CHECK(read.complaint().starts_with("1:24: tensor_parallel_size is "));
  }
  CHECK(started("tensor_parallel_size=60000, pipeline_parallel_size=60000").complaint() ==
        "2:1: 3600000000 devices are more than the 1000000 of one engine");
}

TEST_CASE("startup: a log without the size of the cache is refused", "[measure][logs]") {
  CHECK(read_serving("GPU KV cache size: none\n").complaint() ==
        "0:0: no line states the size of the cache in tokens");
}

}  // namespace
}  // namespace chokepoint
