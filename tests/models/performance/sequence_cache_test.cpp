#include "models/performance/sequence_cache.hpp"

#include <catch2/catch.hpp>

#include "tests/models/catalog_excerpt.hpp"

namespace chokepoint {
namespace {

SequenceCache cache(const Transformer& model, int tensor = 1,
                    NumericFormat kv = NumericFormat::Fp16, bool frees_windows = true) {
  ServingPlan plan;
  plan.tensor = tensor;
  plan.precision = uniform_precision(NumericFormat::Fp8, kv);
  return sequence_cache(model, plan, frees_windows);
}

TEST_CASE("sequence cache: all that is read, where no layer forgets", "[performance][memory]") {
  const SequenceCache made = cache(deepseek_v3());
  CHECK(made.growing == BytesPerToken{70'272});
  CHECK(made.at_rest(Tokens{1000}) == made.at_most(Tokens{1000}, Tokens{8192}));
  CHECK(cache(llama_70b(), 16).growing == BytesPerToken{327'680 / 8.0});
}

// As GPT-OSS-120B: 8 heads of 64, 2 * 8 * 64 * 2 = 2048 bytes a layer and token; 18 layers of 36.
TEST_CASE("sequence cache: windows hold what an iteration reads, then no more than themselves",
          "[performance][memory]") {
  Transformer model = llama_70b();
  model.layers = 36;
  model.kv_heads = 8;
  model.head_dim = 64;
  model.sliding_window = 128;
  model.window_layers = 18;
  const SequenceCache made = cache(model);
  CHECK(made.at_rest(Tokens{131'072}) == Bytes{18.0 * 2048 * (131'072 + 128)});
  const Bytes reading = made.at_most(Tokens{131'072}, Tokens{8192}) - made.at_rest(Tokens{131'072});
  CHECK(reading == Bytes{18.0 * 2048 * (8192 + 64)});
  const SequenceCache kept = cache(model, 1, NumericFormat::Fp16, false);
  CHECK(kept.at_most(Tokens{1000}, Tokens{8192}) == Bytes{36.0 * 2048 * 1000});
}

// As Gemma-3-27B: 10 layers of 62 keep all; 52 share blocks of 10, six of them.
TEST_CASE("sequence cache: layers that forget fill blocks of those that keep all",
          "[performance][memory]") {
  Transformer model = llama_70b();
  model.layers = 62;
  model.sliding_window = 1024;
  model.window_layers = 52;
  const double row = 2.0 * 8 * 128 * 2;
  CHECK(cache(model).settled.value == Approx(60 * row * 1024));
  model.window_layers = 20;  // Fewer than 42: blocks are theirs.
  CHECK(cache(model).settled == Bytes{20 * row * 1024});
}

TEST_CASE("sequence cache: linear layers keep a state whatever the context",
          "[performance][memory]") {
  Transformer hybrid = llama_70b();
  hybrid.linear_layers = 60;
  hybrid.linear_state_bytes = 800;
  const SequenceCache made = cache(hybrid, 8);
  CHECK(made.growing == BytesPerToken{327'680.0 / 4 / 8});
  CHECK(made.at_rest(Tokens{0}) == Bytes{60 * 100});
  CHECK(made.reading == BytesPerToken{});
}

// DeepSeek-V3.2: 61 * ((512 + 64) * 2 + 128 + 4) = 78 324; in 8 bits 512 + 8 + 128 + 132.
TEST_CASE("sequence cache: an indexer keeps its keys in 8 bits, with a scale",
          "[performance][memory]") {
  Transformer model = deepseek_v3();
  model.sparse_topk = 2048;
  model.index_head_dim = 128;
  CHECK(cache(model).growing == BytesPerToken{78'324});
  CHECK(cache(model, 8, NumericFormat::Fp8).growing == BytesPerToken{61.0 * 780});
}

// As DeepSeek-V4-Flash. A row takes 448 + 7 + 128 = 583 bytes, a key 132. A block of 256 tokens is
// 21 * (64 * 583 + 64 * 132) + 20 * 2 * 583, each part aligned: 1 002 240 bytes, as vLLM prints.
// Windows: 43 * 64 * 583 take two. States: of 8 tokens 2 * (1 024 + 256) values in 32 bits, 21 * 4
// * 10 240 in one block; of 128 tokens 2 * 512 values, 20 * 8 * 4 096 in one.
TEST_CASE("sequence cache: compressed layers keep rows, windows and states of the next row",
          "[performance][memory]") {
  Transformer model = deepseek_v3();
  model.layers = 43;
  model.kv_lora_rank = 448;
  model.qk_nope_head_dim = 448;
  model.index_head_dim = 128;
  model.sparse_topk = 512;
  model.sliding_window = 128;
  model.window_layers = 2;
  model.compressed = {{21, 4, 8, true}, {20, 128, 128, false}};
  const SequenceCache made = cache(model, 2, NumericFormat::Fp8);
  const double block = 1'002'240;
  CHECK(made.growing.value == Approx(block / 256));
  CHECK(made.settled.value == Approx(block * (2 * 128 / 64 + 8 / 4 + 128 / 8)));
  CHECK(made.reading.value == Approx(block * (2.0 / 64 + 1.0 / 4 + 1.0 / 8)));
  CHECK(made.begun.value == Approx(block * 4));
}

}  // namespace
}  // namespace chokepoint
