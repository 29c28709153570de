#include "models/workload/transformer.hpp"

#include <catch2/catch.hpp>

#include "tests/models/catalog_excerpt.hpp"

namespace chokepoint {
namespace {

// By hand: 6 * 70.6e9 + 3 * 80 * 64 * (128 + 128) * 4096 = 4.236e11 + 1.6106e10.
TEST_CASE("transformer: training costs 6 per parameter and causal attention",
          "[workload][transformer]") {
  const FlopsPerToken flops = training_flops_per_token(llama_70b(), 4096);
  CHECK(flops.value == Approx(4.236e11 + 16'106'127'360.0).epsilon(1e-12));
}

// MPT-70B on 512 H100: 515 636 tokens/s. llm-foundry's table prints 408 TFLOPS per device with full
// attention, 12 * layers * width * sequence; half of that attention is causal.
TEST_CASE("transformer: agrees with published model FLOPs", "[workload][transformer]") {
  Transformer mpt;
  mpt.layers = 80;
  mpt.heads = mpt.kv_heads = 64;
  mpt.head_dim = 128;
  mpt.active_parameters.value = 64.862e9;
  const double causal = training_flops_per_token(mpt, 2048).value;
  const double full = causal + 6.0 * 80 * 8192 * 2048;
  CHECK(full * 515'636 / 512 == Approx(408e12).epsilon(0.002));
}

TEST_CASE("transformer: training is three forward passes at half a sequence",
          "[workload][transformer]") {
  for (const auto& model : {llama_70b(), deepseek_v3()}) {
    for (const double sequence : {1.0, 2048.0, 131'072.0}) {
      CHECK(training_flops_per_token(model, sequence) ==
            3.0 * forward_flops_per_token(model, sequence / 2.0));
    }
  }
}

// 61 layers, 128 heads, scores over 128 + 64 dimensions, values of 128.
TEST_CASE("transformer: latent attention uses its own widths", "[workload][transformer]") {
  const FlopsPerToken attention =
      forward_flops_per_token(deepseek_v3(), 1000) - forward_flops_per_token(deepseek_v3(), 0);
  CHECK(attention.value == Approx(2.0 * 61 * 128 * (192 + 128) * 1000));
  CHECK(forward_flops_per_token(deepseek_v3(), 0).value == 2 * 37e9);
}

TEST_CASE("transformer: a dense model touches all parameters", "[workload][transformer]") {
  CHECK(touched_parameters(llama_70b(), 1) == 70.6e9);
  CHECK(touched_parameters(llama_70b(), 1e6) == 70.6e9);
}

// Routed: 58 layers * 256 experts * 3 * 7168 * 2048 = 6.539e11; the other 1.7e10 are dense. One
// token: 1.7e10 + 8/256 of the routed = 3.75e10, the published 37 billion.
TEST_CASE("transformer: one token touches the active experts", "[workload][transformer]") {
  const double routed = 58.0 * 256 * 3 * 7168 * 2048;
  CHECK(touched_parameters(deepseek_v3(), 1) == Approx(671e9 - routed * 248.0 / 256.0));
  CHECK(touched_parameters(deepseek_v3(), 1) == Approx(37e9).epsilon(0.02));
  CHECK(touched_parameters(deepseek_v3(), 2) ==
        Approx(671e9 - routed * (248.0 / 256.0) * (248.0 / 256.0)));
}

TEST_CASE("transformer: more tokens touch more, from active to all", "[workload][transformer]") {
  Transformer odd = deepseek_v3();
  odd.expert_ffn *= 10;  // More routed parameters than there are in all.
  Transformer ungated = deepseek_v3();
  ungated.gated_mlp = false;
  for (const auto& model : {deepseek_v3(), odd, ungated}) {
    double before = model.active_parameters.value;
    for (double tokens = 0; tokens < 5000; tokens = 2 * tokens + 1) {
      const double touched = touched_parameters(model, tokens);
      REQUIRE(touched >= before);
      REQUIRE(touched <= model.parameters.value);
      before = touched;
    }
  }
  CHECK(touched_parameters(deepseek_v3(), 1e5) == Approx(671e9).epsilon(1e-12));
}

}  // namespace
}  // namespace chokepoint
