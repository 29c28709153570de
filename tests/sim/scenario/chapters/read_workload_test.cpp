#include "sim/scenario/chapters/chapters.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/scenario/small_world.hpp"

namespace chokepoint {
namespace {

TEST_CASE("read_workload: dimensions and sizes are read", "[scenario][read]") {
  const Transformer model = small_world().transformers[0];
  CHECK(model.layers == 40);
  CHECK(model.kv_heads == 8);
  CHECK(model.gated_mlp);
  CHECK_FALSE(model.tied_embeddings);
  CHECK(model.experts == 0);
  CHECK(model.attention == Transformer::Attention::Gqa);
  CHECK(model.parameters.value == 10e9);
}

TEST_CASE("read_workload: dimensions must fit each other", "[scenario][read]") {
  CHECK(only_error(
            small_but("active_parameters_bn { value: 10", "active_parameters_bn { value: 11")) ==
        "active_parameters_bn is 11, more than parameters_bn 10 | a token cannot touch more "
        "parameters than there are");
  CHECK(only_error(small_but("kv_heads: 8", "kv_heads: 64")) ==
        "kv_heads is 64, more than heads 32 | heads share their keys and values; there are never "
        "more of those");
  CHECK(only_error(small_but("  ffn: 14336\n", "")) ==
        "neither ffn nor experts are given | a layer has a dense feed-forward block, experts or "
        "both");
  CHECK(only_error(small_but("ffn: 14336", "experts: 8 experts_per_token: 9 expert_ffn: 100")) ==
        "experts_per_token is 9 of 8 experts | give the number of routed experts that one token "
        "visits");
  CHECK(only_error(small_but("ffn: 14336", "experts: 8 experts_per_token: 2")) ==
        "expert_ffn is missing, though there are 8 experts | give the width of one expert's "
        "feed-forward block");
  CHECK(only_error(small_but("layers: 40", "layers: 4000000000"))
            .find("layers is 4000000000, not believable above 10000") == 0);
}

TEST_CASE("read_workload: latent attention needs its ranks", "[scenario][read]") {
  const auto result = read_text(small_but("attention: GQA", "attention: MLA kv_lora_rank: 512"));
  REQUIRE(result.errors.size() == 3);
  CHECK(result.errors[0].find("attention is MLA, but qk_nope_head_dim is missing | ") == 0);
  const auto whole = read_text(small_but("attention: GQA",
                                         "attention: MLA kv_lora_rank: 512 qk_nope_head_dim: 128 "
                                         "qk_rope_head_dim: 64 v_head_dim: 128"));
  CHECK(whole.errors.empty());
}

std::string small_with(const std::string& dimensions) {
  return small_but("ffn: 14336", "ffn: 14336 " + dimensions);
}

TEST_CASE("read_workload: what layers see of the context is read", "[scenario][read]") {
  const Transformer plain = small_world().transformers[0];
  CHECK(plain.sliding_window == 0);
  CHECK(plain.window_layers == 0);
  CHECK(plain.sparse_topk == 0);
  CHECK(plain.linear_layers == 0);
  CHECK(plain.mtp_layers == 0);
  CHECK_FALSE(plain.attention_sinks);
  CHECK(plain.index_head_dim == 0);
  CHECK(plain.compressed.empty());

  // 30 windowed and 10 linear layers are all 40.
  const auto result = read_text(small_with(
      "sliding_window: 128 window_layers: 30 sparse_topk: 2048 linear_layers: 10 mtp_layers: 2 "
      "attention_sinks: true index_head_dim: 64 linear_state_bytes: 1000"));
  REQUIRE(result.errors.empty());
  const Transformer& model = result.world->transformers[0];
  CHECK(model.sliding_window == 128);
  CHECK(model.window_layers == 30);
  CHECK(model.sparse_topk == 2048);
  CHECK(model.linear_layers == 10);
  CHECK(model.mtp_layers == 2);
  CHECK(model.attention_sinks);
  CHECK(model.index_head_dim == 64);
  CHECK(model.linear_state_bytes == 1000);
}

TEST_CASE("read_workload: a window and its layers come together", "[scenario][read]") {
  CHECK(only_error(small_with("window_layers: 20")) ==
        "sliding_window is missing, though window_layers is 20 | give the tokens that a windowed "
        "layer attends to");
  CHECK(only_error(small_with("sliding_window: 128")) ==
        "window_layers is missing, though sliding_window is 128 | give the number of layers that "
        "attend to no more than the window");
}

TEST_CASE("read_workload: windowed and linear layers are among the layers", "[scenario][read]") {
  CHECK(read_text(small_with("sliding_window: 128 window_layers: 40")).errors.empty());
  CHECK(only_error(small_with("sliding_window: 128 window_layers: 41")) ==
        "window_layers is 41 of 40 layers with a cache | layers counts all; linear_layers have no "
        "cache and no window");
  CHECK(only_error(small_with("sliding_window: 128 window_layers: 11 linear_layers: 30")) ==
        "window_layers is 11 of 10 layers with a cache | layers counts all; linear_layers have no "
        "cache and no window");
  CHECK(read_text(small_with("linear_layers: 40")).errors.empty());
  CHECK(only_error(small_with("linear_layers: 41")) == "linear_layers is 41 of 40 layers | ");
}

TEST_CASE("read_workload: figures of what a model lacks are refused", "[scenario][read]") {
  CHECK(only_error(small_with("output_rank: 1024")) ==
        "output_rank is 1024, though there are no output_groups | leave out output_rank, or give "
        "what it belongs to");
  CHECK(only_error(small_with("linear_state_bytes: 1000")) ==
        "linear_state_bytes is 1000, though there are no linear_layers | leave out "
        "linear_state_bytes, or give what it belongs to");
  CHECK(only_error(small_with("kv_lora_rank: 512")).find("though attention is not MLA") !=
        std::string::npos);
  CHECK(only_error(small_with("shared_experts: 1")).find("though there are no experts") !=
        std::string::npos);
}

TEST_CASE("read_workload: an indexer chooses tokens", "[scenario][read]") {
  CHECK(only_error(small_with("index_head_dim: 128")) ==
        "sparse_topk is missing, though index_head_dim is 128 | give the tokens that the indexer "
        "chooses");
  CHECK(read_text(small_with("sparse_topk: 2048")).errors.empty());
}

TEST_CASE("read_workload: compressed layers", "[scenario][read]") {
  const auto with = [](const std::string& inside) {
    return small_with("compressed_layers { name: \"c\" " + inside + " }");
  };
  const auto read = read_text(with("layers: 40 tokens_per_row: 4 tokens_seen: 8"));
  REQUIRE(read.errors.empty());
  CHECK(read.world->transformers[0].compressed.front().tokens_seen == 8);
  CHECK(whole_layers(read.world->transformers[0]) == 0);
  CHECK(
      only_error(with("layers: 41 tokens_per_row: 4")) ==
      "compressed_layers are 41 of 40 layers without a window | layers counts all; each is of one "
      "kind");
  CHECK(only_error(with("layers: 2 tokens_per_row: 4 tokens_seen: 3")) ==
        "tokens_seen is 3, fewer than the 4 that a row stands for | leave it out where rows do not "
        "overlap");
  CHECK(only_error(with("layers: 2 tokens_per_row: 4 indexed: true")) ==
        "indexed is true, but the model has no index_head_dim | give sparse_topk and "
        "index_head_dim");
  CHECK_THAT(only_error(with("layers: 2")), Catch::Contains("tokens_per_row"));
}

TEST_CASE("read_workload: experts have a format of their own where there are any",
          "[scenario][read]") {
  CHECK(small_world().transformers[0].expert_format == Transformer::ExpertFormat::Any);
  CHECK(only_error(small_with("expert_format: MXFP4")).find("expert_format is given") == 0);
  const auto result =
      read_text(small_with("expert_format: MXFP4 experts: 8 experts_per_token: 2 expert_ffn: 64"));
  REQUIRE(result.errors.empty());
  CHECK(result.world->transformers[0].expert_format == Transformer::ExpertFormat::Mxfp4);
}

TEST_CASE("read_workload: the reference device is worth one of itself", "[scenario][read]") {
  const World world = small_world();
  REQUIRE(world.worth.size() == 2);
  CHECK(world.worth[0].h100e_peak == Approx(1.0));
  CHECK(world.worth[0].h100e_training == Approx(1.0));
  CHECK(world.worth[0].h100e_decode == Approx(1.0));
  // 800 of 2000 TOPS, and 400 of 1000 TFLOPS.
  CHECK(world.worth[1].h100e_peak == Approx(0.4));
  CHECK(world.worth[1].h100e_training_nominal == Approx(0.4));
  // 0.6 against 0.8 of the matrix peak.
  CHECK(world.worth[1].h100e_training == Approx(0.4 * 0.6 / 0.8));
  CHECK(world.worth[0].tpp == Approx(16'000.0));
}

TEST_CASE("read_workload: a device that is not known is worth nothing but its TPP",
          "[scenario][read]") {
  const auto result = read_text(small_text() +
                                "devices { name: \"old\" vendor: \"west\" kind: GPU stack: "
                                "\"west_stack\" peak_bf16_tflops { value: 100 source: \"sheet\" "
                                "confidence: OFFICIAL } }");
  REQUIRE(result.world);
  CHECK(result.world->worth[2].tpp == Approx(1'600.0));
  CHECK(result.world->worth[2].h100e_training == 0.0);
}

TEST_CASE("read_workload: a world with sites has a reference", "[scenario][read]") {
  std::string text = small_text();
  const auto begin = text.find("reference {");
  text.erase(begin, text.find("\n}\n", begin) + 3 - begin);
  CHECK(only_error(text) ==
        "reference is missing | say what compute is counted in: a device, a transformer and a "
        "request");
  CHECK(only_error(small_but("  prompt_tokens: 2000\n  output_tokens: 500\n  tpot_target",
                             "  prompt_tokens: 2000\n  tpot_target")) ==
        "output_tokens is missing | ");
}

TEST_CASE("read_workload: the reference device must be known", "[scenario][read]") {
  const auto result = read_text(
      small_but("  memory_gib { value: 100 source: \"sheet\" confidence: OFFICIAL }\n", ""));
  REQUIRE_FALSE(result.errors.empty());
  CHECK(result.errors[0] ==
        "reference device 'west_gpu' lacks peak_bf16_tflops, memory_gib or memory_bandwidth_gb_s "
        "| the device that others are counted in must be known");
}

TEST_CASE("read_workload: some group of the reference device holds its model", "[scenario][read]") {
  CHECK(
      only_error(small_but_after("reference", "prompt_tokens: 2000", "prompt_tokens: 99000000")) ==
      "no group of 'west_gpu' holds model 'model_10b' and one request | take a device with more "
      "memory, a smaller model or shorter requests");
}

}  // namespace
}  // namespace chokepoint
