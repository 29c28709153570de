#include "tools/estimate/engine_options.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

TEST_CASE("engine options: SGLang alone reads prompts alone", "[serving]") {
  ServingEngine engine;
  engine.name = "sglang";
  CHECK(engine_options(engine).reads_alone);
  for (const char* name : {"vllm", "vllm_ascend", "trtllm", ""}) {
    engine.name = name;
    CHECK_FALSE(engine_options(engine).reads_alone);
  }
}

}  // namespace
}  // namespace chokepoint
