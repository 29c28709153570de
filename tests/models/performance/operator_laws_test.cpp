#include <catch2/catch.hpp>
#include <vector>

#include "models/performance/attention.hpp"
#include "models/performance/feed_forward.hpp"
#include "models/performance/roof.hpp"
#include "models/performance/token_work.hpp"
#include "tests/models/performance/random_serving.hpp"

namespace chokepoint {
namespace {

/// Every operator of a model, of `tokens` tokens on one of `shards` devices.
std::vector<OperatorWork> all_operators(const Transformer& model, double tokens, double shards) {
  const DecodeLoad decode{tokens, tokens, 1000};
  std::vector<OperatorWork> all = {attention_projection(model, tokens, shards, 2),
                                   attention_decode(model, decode, shards, 2),
                                   attention_decode(model, decode, shards, 2, LatentForm::Expanded),
                                   attention_prefill(model, tokens, tokens / 2, shards),
                                   mlp(model, tokens, shards, 2),
                                   head(model, tokens, shards),
                                   mtp_join(model, tokens, shards, 2)};
  if (model.experts > 0) {
    all.push_back(experts(model, tokens, shards, 2, {1, 1.25, false}));
    all.push_back(shared_experts(model, tokens, shards, 2));
  }
  return all;
}

TEST_CASE("law: tensor parallelism changes no operator's model FLOPs, repeated ones apart",
          "[performance][law]") {
  CHECK(rc::check([] {
    const Transformer model = any::transformer();
    const double tokens = any::number(1, 1e4), shards = any::power_of_two(64);
    const auto whole = all_operators(model, tokens, 1), part = all_operators(model, tokens, shards);
    for (std::size_t i = 0; i < whole.size(); ++i) {
      const double all = model_flops(whole[i]).value, here = model_flops(part[i]).value;
      RC_ASSERT(std::abs(here * shards - all) <= 1e-9 * all);
      RC_ASSERT(part[i].repeated.value >= -1e-9 * part[i].matrix.value);
    }
  }));
}

TEST_CASE("law: twice every roof halves any operator", "[performance][law]") {
  CHECK(rc::check([] {
    const AttainedRoofs roofs{FlopsPerSecond{any::number(1e12, 1e16)},
                              FlopsPerSecond{any::number(1e11, 1e15)},
                              BytesPerSecond{any::number(1e11, 1e13)}};
    const AttainedRoofs twice{roofs.matrix * 2.0, roofs.vector * 2.0, roofs.memory * 2.0};
    for (const OperatorWork& work : all_operators(any::transformer(), any::number(1, 1e5), 1)) {
      const Seconds once = kernel_time(work, roofs).time;
      RC_ASSERT(std::abs(kernel_time(work, twice).time.value * 2 - once.value) <=
                1e-9 * once.value);
    }
  }));
}

// Absorbed, a head has widths kv_rank + rope and kv_rank; expanded nope + rope and v, after making
// keys and values of every latent vector.
TEST_CASE("law: latent attention reads one cache in both forms, at the stated operations",
          "[performance][law]") {
  CHECK(rc::check([] {
    Transformer m = any::transformer();
    m.attention = Transformer::Attention::Mla;
    m.kv_lora_rank = 64.0 * any::power_of_two(16);
    m.qk_nope_head_dim = 64.0 * any::power_of_two(4);
    m.qk_rope_head_dim = 32.0 * any::power_of_two(4);
    m.v_head_dim = 64.0 * any::power_of_two(4);
    m.window_layers = m.sliding_window = 0;
    const double sequences = any::number(1, 1000), each = any::chance() ? 1 : 4;
    const DecodeLoad load{sequences * each, sequences, any::number(1, 1e5)};
    const OperatorWork absorbed = attention_decode(m, load, 1, 2);
    const OperatorWork expanded = attention_decode(m, load, 1, 2, LatentForm::Expanded);
    RC_ASSERT(absorbed.traffic == expanded.traffic);
    const double pairs = load.tokens * load.context, cached = load.sequences * load.context;
    const double stated_absorbed = pairs * 2 * m.heads * (2 * m.kv_lora_rank + m.qk_rope_head_dim);
    const double stated_expanded =
        pairs * 2 * m.heads * (m.qk_nope_head_dim + m.qk_rope_head_dim + m.v_head_dim) +
        cached * 2 * m.kv_lora_rank * m.heads * (m.qk_nope_head_dim + m.v_head_dim);
    RC_ASSERT(std::abs(absorbed.matrix.value / stated_absorbed - 1) < 1e-9);
    RC_ASSERT(std::abs(expanded.matrix.value / stated_expanded - 1) < 1e-9);
  }));
}

TEST_CASE("law: MHA and GQA differ in cache alone, windows never attend to more",
          "[performance][law]") {
  CHECK(rc::check([] {
    Transformer model = any::transformer();
    model.attention = Transformer::Attention::Gqa;
    const DecodeLoad load{any::number(1, 100), any::number(1, 100), any::number(1, 1e5)};
    Transformer mha = model;
    mha.attention = Transformer::Attention::Mha;
    mha.kv_heads = model.heads;
    RC_ASSERT(attention_decode(mha, load, 1, 2).matrix ==
              attention_decode(model, load, 1, 2).matrix);
    RC_ASSERT(attention_decode(mha, load, 1, 2).traffic >=
              attention_decode(model, load, 1, 2).traffic);
    Transformer full = model;
    full.window_layers = full.sliding_window = 0;
    RC_ASSERT(attended_tokens(model, load.context) <=
              attended_tokens(full, load.context) * (1 + 1e-12));
  }));
}

}  // namespace
}  // namespace chokepoint
