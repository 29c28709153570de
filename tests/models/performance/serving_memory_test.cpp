#include "models/performance/serving_memory.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/models/catalog_excerpt.hpp"
#include "tests/models/performance/random_serving.hpp"

namespace chokepoint {
namespace {

ServingPlan plan_of(int tensor, NumericFormat weights, NumericFormat kv) {
  ServingPlan plan;
  plan.tensor = tensor;
  plan.precision = uniform_precision(weights, kv);
  return plan;
}

TEST_CASE("serving memory: weights by format, embedding and head in 16 bits",
          "[performance][memory]") {
  const double tables = 2.0 * 128256 * 8192;
  const auto weights = [](int tensor, NumericFormat format) {
    return weights_per_device(llama_70b(), plan_of(tensor, format, format)).value;
  };
  CHECK(weights(1, NumericFormat::Fp16) == Approx(2 * 70.55e9).epsilon(1e-3));
  CHECK(weights(1, NumericFormat::Fp8) == Approx(70.55e9 + tables).epsilon(1e-3));
  CHECK(weights(8, NumericFormat::Fp8) == Approx((70.55e9 + tables) / 8).epsilon(1e-3));
}

TEST_CASE("serving memory: layers for speculation count where they are loaded",
          "[performance][memory]") {
  Transformer model = deepseek_v3();
  model.mtp_layers = 1;
  ServingPlan plan = plan_of(8, NumericFormat::Fp8, NumericFormat::Fp8);
  const Bytes without = weights_per_device(model, plan);
  CHECK(without == weights_per_device(deepseek_v3(), plan));
  plan.loads_mtp = true;
  const double tables = 4.0 * 129280 * 7168 / 8;
  CHECK((weights_per_device(model, plan) - without).value ==
        Approx((without.value - tables) / 61).epsilon(1e-9));
}

TEST_CASE("serving memory: attention data parallel repeats attention, not experts",
          "[performance][memory]") {
  ServingPlan sharded = plan_of(8, NumericFormat::Fp8, NumericFormat::Fp8);
  ServingPlan grouped = sharded;
  grouped.tensor = 1;
  grouped.attention_dp = 8;
  const Bytes more =
      weights_per_device(deepseek_v3(), grouped) - weights_per_device(deepseek_v3(), sharded);
  // 61 layers of 172e6 divided weights, 7/8 of them more, and 7/8 of two tables in 16 bits.
  CHECK(more.value == Approx(7.0 / 8 * (61 * 171'966'464.0 + 4 * 129280.0 * 7168)).epsilon(1e-9));
}

TEST_CASE("serving memory: cache per token by family", "[performance][memory]") {
  const auto kv = [](const Transformer& model, int tensor) {
    const auto plan = plan_of(tensor, NumericFormat::Fp8, NumericFormat::Fp16);
    return serving_memory(model, h100(), plan, {}).cache.growing.value;
  };
  CHECK(kv(llama_70b(), 1) == 327'680);
  CHECK(kv(llama_70b(), 8) == 327'680 / 8.0);
  CHECK(kv(llama_70b(), 16) == 327'680 / 8.0);  // Eight heads and no more to divide.
  CHECK(kv(deepseek_v3(), 1) == 70'272);
  CHECK(kv(deepseek_v3(), 8) == 70'272);
}

TEST_CASE("serving memory: a request that keeps nothing is held without end",
          "[performance][memory]") {
  Transformer model = llama_70b();
  model.linear_layers = model.layers;
  const auto plan = plan_of(2, NumericFormat::Fp8, NumericFormat::Fp16);
  const auto memory = serving_memory(model, h100(), plan, {});
  CHECK(std::isinf(memory.requests(Tokens{1000})));
  CHECK(fits(memory, Tokens{1e9}).fit == MemoryFit::Yes);
}

TEST_CASE("serving memory: what the driver shows goes before the datasheet",
          "[performance][memory]") {
  DeviceSpec device = h100();
  const auto plan = plan_of(8, NumericFormat::Fp8, NumericFormat::Fp8);
  const auto usable = [&] { return serving_memory(llama_70b(), device, plan, {}).usable; };
  device.visible_memory.reset();
  CHECK(usable().value == Approx(0.9 * 0.99 * device.memory->value));
  device.visible_memory = 70_GiB;
  CHECK(usable() == 70_GiB * 0.9);
}

Transformer llama_8b() {
  Transformer llama = llama_70b();
  llama.layers = 32;
  llama.hidden = 4096;
  llama.heads = 32;
  llama.ffn = 14336;
  return llama;
}

// vLLM's profiles: issue 10517 with 20 000 tokens, pull request 10511 with 8 192 and 256 sequences.
TEST_CASE("serving memory: activations of Llama-3.1-8B are what vLLM's profile shows",
          "[performance][memory]") {
  const Transformer llama = llama_8b();
  MemorySettings settings;
  const ServingPlan plan = plan_of(1, NumericFormat::Fp16, NumericFormat::Fp16);
  constexpr double kGib = 1'073'741'824.0;
  CHECK(activation_peak(llama, plan, settings).value == Approx(1.26 * kGib).epsilon(0.1));
  settings.token_budget = 20'000;
  CHECK(activation_peak(llama, plan, settings).value == Approx(2.07 * kGib).epsilon(0.12));
}

TEST_CASE("serving memory: what does not fit is told with its margin", "[performance][memory]") {
  const auto memory = serving_memory(deepseek_v3(), h20(),
                                     plan_of(1, NumericFormat::Fp8Block, NumericFormat::Fp16), {});
  CHECK(memory.pool < Bytes{});
  CHECK(memory.kv_tokens() == Tokens{});
  CHECK(memory.requests(Tokens{1000}) == 0);
  CHECK(fits(memory, Tokens{1000}).fit == MemoryFit::No);
  const auto eight = serving_memory(deepseek_v3(), h20(),
                                    plan_of(8, NumericFormat::Fp8Block, NumericFormat::Fp16), {});
  CHECK(fits(eight, Tokens{1000}).fit != MemoryFit::No);
}

TEST_CASE("fits: within 4 % of usable memory is at the limit", "[performance][memory]") {
  ServingMemory memory;
  memory.usable = Bytes{1000};
  memory.cache.growing = BytesPerToken{1};
  memory.pool = Bytes{100};
  CHECK(fits(memory, Tokens{59}).fit == MemoryFit::Yes);
  CHECK(fits(memory, Tokens{60}).fit == MemoryFit::AtTheLimit);
  CHECK(fits(memory, Tokens{140}).fit == MemoryFit::AtTheLimit);
  CHECK(fits(memory, Tokens{141}).fit == MemoryFit::No);
  CHECK(fits(memory, Tokens{90}).margin == Bytes{10});
  CHECK(name(MemoryFit::Yes) == "yes");
  CHECK(name(MemoryFit::AtTheLimit) == "at the limit");
  CHECK(name(MemoryFit::No) == "no");
}

// A pool of 100 beside a share that leaves 90 of the device.
TEST_CASE("fits: further copies of a cache must fit outside the share", "[performance][memory]") {
  ServingMemory memory;
  memory.usable = Bytes{500};
  memory.outside = Bytes{90};
  memory.pool = Bytes{100};
  const auto fit = [&](double least, double most) {
    memory.copies = {least, most};
    return fits(memory, Tokens{1});
  };
  CHECK(fit(1, 1).fit == MemoryFit::Yes);
  CHECK(fit(1.5, 1.5).fit == MemoryFit::Yes);
  CHECK(fit(2, 2).fit == MemoryFit::AtTheLimit);
  CHECK(fit(2, 2).margin == Bytes{-10});
  CHECK(fit(1, 3).fit == MemoryFit::AtTheLimit);
  CHECK(fit(3, 3).fit == MemoryFit::No);
}

// Of 590, 400 are taken beside a pool: at a share s, 2 (590 s - 400) + 400 = 590 at 495 / 590.
TEST_CASE("serving memory: up to some share all copies fit", "[performance][memory]") {
  ServingMemory memory;
  memory.usable = Bytes{500};
  memory.outside = Bytes{90};
  memory.pool = Bytes{100};
  CHECK(memory.greatest_share() == 1);
  memory.copies = {2, 2};
  CHECK(memory.greatest_share() == Approx(495.0 / 590));
}

TEST_CASE("serving memory: only a cache of unlike layers is copied", "[performance][memory]") {
  Transformer model = llama_70b();
  const auto plan = plan_of(8, NumericFormat::Fp8, NumericFormat::Fp8);
  MemorySettings settings;
  settings.copies = {2, 4};
  CHECK(serving_memory(model, h100(), plan, settings).copies.most == 1);
  model.linear_layers = 60;
  CHECK(serving_memory(model, h100(), plan, settings).copies.most == 4);
  model.linear_layers = model.layers;
  CHECK(serving_memory(model, h100(), plan, settings).copies.most == 1);
}

TEST_CASE("law: engines report no more than is held, and less of larger budgets",
          "[performance][law]") {
  CHECK(rc::check([] {
    const Transformer model = any::transformer();
    const DeviceSpec device = any::device();
    const ServingPlan plan = any::plan(model);
    MemorySettings settings;
    const ServingMemory memory = serving_memory(model, device, plan, settings);
    const Tokens request{*rc::gen::inRange(1, 200'000) * 1.0};
    RC_ASSERT(memory.reported_tokens(request) <= memory.kv_tokens() * (1 + 1e-12));
    settings.token_budget *= 2;
    RC_ASSERT(serving_memory(model, device, plan, settings).reported_tokens(request) <=
              memory.reported_tokens(request));
  }));
}

TEST_CASE("law: more memory never holds fewer tokens, larger budgets never more",
          "[performance][law]") {
  CHECK(rc::check([] {
    const Transformer model = any::transformer();
    DeviceSpec device = any::device();
    const ServingPlan plan = any::plan(model);
    MemorySettings settings;
    const auto before = serving_memory(model, device, plan, settings);
    settings.token_budget *= 2;
    RC_ASSERT(serving_memory(model, device, plan, settings).kv_tokens() <= before.kv_tokens());
    settings.token_budget /= 2;
    device.memory = *device.memory * 1.5;
    const auto after = serving_memory(model, device, plan, settings);
    RC_ASSERT(after.kv_tokens() >= before.kv_tokens());
    RC_ASSERT(after.requests(Tokens{1000}) >= before.requests(Tokens{1000}));
  }));
}

}  // namespace
}  // namespace chokepoint
