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

TEST_CASE("startup: a log without the size of the cache is refused", "[measure][logs]") {
  CHECK(read_serving("GPU KV cache size: none\n").complaint() ==
        "0:0: no line states the size of the cache in tokens");
}

}  // namespace
}  // namespace chokepoint
