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

// Published: Llama-3.1-70B 327 680 bytes per token in bf16, DeepSeek-V3 70 272.
TEST_CASE("transformer: cache sizes are the published ones", "[workload][transformer]") {
  CHECK(kv_bytes_per_token(llama_70b(), 2) == BytesPerToken{327'680});
  CHECK(kv_bytes_per_token(deepseek_v3(), 2) == BytesPerToken{70'272});
  CHECK(kv_bytes_per_token(llama_70b(), 1) == BytesPerToken{163'840});
}

// A value per key and per value, 8 heads of 64: 2 * 8 * 64 * 2 bytes = 2048 a layer and token.
Transformer gpt_oss_120b() {
  Transformer model;
  model.layers = 36;
  model.kv_heads = 8;
  model.head_dim = 64;
  model.sliding_window = 128;
  model.window_layers = 18;
  return model;
}

// 36 * 2048 = 73 728 up to the window; beyond it 18 layers keep 128 tokens and 18 keep all.
TEST_CASE("transformer: windowed layers keep no more than their window",
          "[workload][transformer]") {
  const Transformer model = gpt_oss_120b();
  CHECK(kv_bytes_per_token(model, 2) == BytesPerToken{73'728});
  CHECK(kv_cache_bytes(model, Tokens{127}, 2) == Bytes{127 * 73'728});
  CHECK(kv_cache_bytes(model, Tokens{128}, 2) == Bytes{128 * 73'728});
  CHECK(kv_cache_bytes(model, Tokens{129}, 2) == Bytes{128 * 73'728 + 18 * 2048});
  CHECK(kv_cache_bytes(model, Tokens{131'072}, 2) == Bytes{18.0 * 2048 * (131'072 + 128)});
  CHECK(kv_cache_bytes(model, Tokens{131'072}, 1) == Bytes{18.0 * 1024 * (131'072 + 128)});
}

TEST_CASE("transformer: a model whose layers all have windows stops growing",
          "[workload][transformer]") {
  Transformer model = gpt_oss_120b();
  model.window_layers = 36;
  CHECK(kv_cache_bytes(model, Tokens{128}, 2) == kv_cache_bytes(model, Tokens{1e6}, 2));
  CHECK(kv_cache_bytes(model, Tokens{127}, 2) < kv_cache_bytes(model, Tokens{128}, 2));
}

// Qwen3-Next-80B-A3B: 12 of 48 layers have a cache; 2 heads of 256: 12 * 2 * 2 * 256 * 2 = 24 576.
// One in three of those with a window of 1000 would keep 2048 bytes each and token.
TEST_CASE("transformer: linear layers keep no cache", "[workload][transformer]") {
  Transformer model;
  model.layers = 48;
  model.linear_layers = 36;
  model.kv_heads = 2;
  model.head_dim = 256;
  CHECK(kv_bytes_per_token(model, 2) == BytesPerToken{24'576});
  CHECK(kv_cache_bytes(model, Tokens{262'144}, 2) == Bytes{262'144.0 * 24'576});
  model.sliding_window = 1000;
  model.window_layers = 4;
  CHECK(kv_cache_bytes(model, Tokens{1500}, 2) == Bytes{1500.0 * 24'576 - 500.0 * 4 * 2048});
}

// DeepSeek-V3.2 as V3 and 128 values of the indexer: 61 * (512 + 64 + 128) * 2 = 85 888.
// DeepSeek-V4-Flash: 2 layers with a window of 128, 21 with a row of 512 and 128 values per 4
// tokens and 20 with one per 128 tokens: 41 layers gain (21 / 4 + 20 / 128) / 41 rows of 640,
// together 5.40625 * 640 = 3460 values; below the window 2 * 512 more.
TEST_CASE("transformer: compressed layers keep a row for several tokens",
          "[workload][transformer]") {
  Transformer model = deepseek_v3();
  model.sparse_topk = 2048;
  model.index_head_dim = 128;
  CHECK(kv_bytes_per_token(model, 2) == BytesPerToken{85'888});
  model.layers = 43;
  model.sliding_window = 128;
  model.window_layers = 2;
  model.kv_lora_rank = 448;
  model.cache_rows_per_token = (21.0 / 4 + 20.0 / 128) / 41;
  CHECK(kv_bytes_per_token(model, 1).value == Approx(3460 + 1024).epsilon(1e-12));
  CHECK(kv_cache_bytes(model, Tokens{1e6}, 1).value == Approx(3460e6 + 128 * 1024).epsilon(1e-12));
}

// A sparse attention reads less of its cache and keeps all of it.
TEST_CASE("transformer: without windows the cache is tokens times bytes per token",
          "[workload][transformer]") {
  Transformer sparse = deepseek_v3();
  sparse.sparse_topk = 2048;
  for (const auto& model : {llama_70b(), deepseek_v3(), sparse}) {
    for (const double tokens : {0.0, 0.5, 1000.0, 131'072.0}) {
      CHECK(kv_cache_bytes(model, Tokens{tokens}, 2) ==
            kv_bytes_per_token(model, 2) * Tokens{tokens});
    }
  }
  CHECK(kv_bytes_per_token(sparse, 2) == BytesPerToken{70'272});
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
