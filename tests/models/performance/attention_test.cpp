#include "models/performance/attention.hpp"

#include <catch2/catch.hpp>

#include "tests/models/catalog_excerpt.hpp"
#include "tests/models/performance/random_serving.hpp"

namespace chokepoint {
namespace {

// Query and output 8192 x 8192, key and value 8192 x 1024 each.
TEST_CASE("attention: parameters of grouped-query attention", "[performance][attention]") {
  CHECK(attention_parameters(llama_70b()) == 2.0 * 8192 * 8192 + 2.0 * 8192 * 1024);
}

// 7168*1536 + 1536*128*192 + 7168*576 + 512*128*256 + 128*128*7168.
TEST_CASE("attention: parameters of latent attention", "[performance][attention]") {
  CHECK(attention_parameters(deepseek_v3()) == 187'105'280.0);
}

TEST_CASE("attention: what heads divide is divided, what they share is repeated",
          "[performance][attention]") {
  const double kv = 2.0 * 8192 * 1024, others = 2.0 * 8192 * 8192;
  CHECK(attention_parameters_per_device(llama_70b(), 8) == (kv + others) / 8);
  CHECK(attention_parameters_per_device(llama_70b(), 16) == kv / 8 + others / 16);
  const double latent = 7168.0 * (1536 + 576);
  CHECK(attention_parameters_per_device(deepseek_v3(), 8) == latent + (187'105'280.0 - latent) / 8);
}

TEST_CASE("law: tensor parallelism never changes the operations of the model",
          "[performance][law]") {
  CHECK(rc::check([] {
    const Transformer model = any::transformer();
    const double tokens = any::number(1, 1e4), shards = any::power_of_two(64);
    const auto whole = attention_projection(model, tokens, 1, 2);
    const auto part = attention_projection(model, tokens, shards, 2);
    RC_ASSERT(whole.repeated == Flops{});
    RC_ASSERT(part.repeated.value >= -1e-6 * part.matrix.value);
    RC_ASSERT(std::abs(model_flops(part) * shards / whole.matrix - 1) < 1e-9);
  }));
}

TEST_CASE("attention: latent cache is the same however it is computed",
          "[performance][attention]") {
  CHECK(kv_values_per_token(deepseek_v3()) == 576);
  CHECK(kv_values_per_token(llama_70b()) == 2 * 8 * 128);
  const DecodeLoad load{4, 4, 1000};
  // Bytes are those of the latent cache, on all devices alike.
  CHECK(attention_decode(deepseek_v3(), load, 1, 1).traffic == Bytes{4 * 1000 * 576.0});
  CHECK(attention_decode(deepseek_v3(), load, 8, 1).traffic == Bytes{4 * 1000 * 576.0});
  CHECK(attention_decode(llama_70b(), load, 8, 2).traffic == Bytes{4 * 1000 * 2048.0 * 2 / 8});
  CHECK(attention_decode(llama_70b(), load, 64, 2).traffic == Bytes{4 * 1000 * 2048.0 * 2 / 8});
}

TEST_CASE("attention: absorbed latent attention costs 3.4 times the operations",
          "[performance][attention]") {
  CHECK(attention_flops_per_pair(deepseek_v3(), LatentForm::Expanded) == 2 * 128 * (192 + 128));
  CHECK(attention_flops_per_pair(deepseek_v3(), LatentForm::Absorbed) == 2 * 128 * (576 + 512));
  for (const auto form : {LatentForm::Expanded, LatentForm::Absorbed}) {
    CHECK(attention_flops_per_pair(llama_70b(), form) == 2 * 64 * (128 + 128));
  }
  CHECK(attention_decode(deepseek_v3(), {2, 2, 10}, 1, 1).matrix == Flops{20.0 * 278'528});
  CHECK(attention_prefill(deepseek_v3(), 2, 10, 1).matrix == Flops{20.0 * 81'920});
}

TEST_CASE("attention: speculated tokens share one read of the cache", "[performance][attention]") {
  const auto one = attention_decode(llama_70b(), {8, 8, 500}, 1, 1);
  const auto four = attention_decode(llama_70b(), {32, 8, 500}, 1, 1);
  CHECK(four.traffic == one.traffic);
  CHECK(four.matrix == one.matrix * 4.0);
}

TEST_CASE("attention: windows, chosen tokens and linear layers bound what is attended to",
          "[performance][attention]") {
  Transformer model = llama_70b();
  CHECK(attended_tokens(model, 5000) == 5000);
  model.sliding_window = 100;
  model.window_layers = 40;
  CHECK(attended_tokens(model, 60) == 60);
  CHECK(attended_tokens(model, 5000) == (5000 + 100) / 2.0);
  model.window_layers = 0;
  model.linear_layers = 60;
  CHECK(attended_tokens(model, 5000) == 5000 / 4.0);
  model.linear_layers = 0;
  model.sparse_topk = 2048;
  CHECK(attended_tokens(model, 2048) == 2048);
  CHECK(attended_tokens(model, 9000) == 2048);
}

// 20 layers with a window alone, 40 whose rows stand for 4 tokens and are chosen, 20 for 100.
TEST_CASE("attention: compressed layers attend to rows and to a window",
          "[performance][attention]") {
  Transformer model = llama_70b();
  model.sliding_window = 128;
  model.window_layers = 20;
  model.compressed = {{40, 4, 8, true}, {20, 100, 100, false}};
  model.sparse_topk = 512;
  CHECK(whole_layers(model) == 0);
  CHECK(attended_tokens(model, 1000) == (40 * (250 + 128) + 20 * (10 + 128) + 20 * 128) / 80.0);
  CHECK(attended_tokens(model, 1e6) == (40 * (512 + 128) + 20 * (1e4 + 128) + 20 * 128) / 80.0);
}

// A state of 4 MB in 32 bits: a million values, eight operations each, shared by heads.
TEST_CASE("attention: a linear layer works on its state, whatever the context",
          "[performance][attention]") {
  Transformer model = llama_70b();
  model.linear_state_bytes = 4e6;
  const OperatorWork decode = linear_decode(model, {.tokens = 30, .sequences = 10}, 4);
  CHECK(decode.traffic == Bytes{10 * 2 * 1e6});
  CHECK(decode.vector == Flops{30 * 8 * 0.25e6});
  const OperatorWork prompt = linear_prefill(model, 640, 4);
  CHECK(prompt.matrix == Flops{640 * 8 * 0.25e6});
  CHECK(prompt.traffic == Bytes{10 * 2 * 1e6});
  model.linear_state_bytes = 0;
  CHECK(linear_decode(model, {.tokens = 30, .sequences = 10}, 4).traffic == Bytes{});
}

TEST_CASE("attention: the indexer of sparse attention looks at every token",
          "[performance][attention]") {
  Transformer sparse = deepseek_v3();
  sparse.sparse_topk = 2048;
  sparse.index_head_dim = 128;
  const DecodeLoad load{1, 1, 100'000};
  CHECK(attention_decode(sparse, load, 1, 1).traffic == Bytes{2048 * 576 + 100'000.0 * 128});
  CHECK(attention_decode(sparse, load, 1, 1).traffic <
        attention_decode(deepseek_v3(), load, 1, 1).traffic);
}

// 61 layers of DeepSeek-V4-Pro: 300 million each, as its shapes say.
TEST_CASE("attention: heads that read the latent project their outputs in groups",
          "[performance]") {
  Transformer model = deepseek_v3();
  model.q_lora_rank = 1536;
  model.kv_lora_rank = 448;
  model.qk_nope_head_dim = 448;
  model.v_head_dim = 512;
  model.output_groups = 16;
  model.output_rank = 1024;
  const double queries = 7168 * 1536 + 1536 * 128 * 512, latent = 7168 * 512;
  const double outputs = 128 * 512 * 1024 + 16 * 1024 * 7168.0;
  CHECK(attention_parameters(model) == queries + latent + outputs);
}

}  // namespace
}  // namespace chokepoint
