#include "models/performance/expert_exchange.hpp"

#include <catch2/catch.hpp>

#include "models/performance/serving_memory.hpp"
#include "tests/models/catalog_excerpt.hpp"
#include "tests/models/performance/random_serving.hpp"

namespace chokepoint {
namespace {

constexpr Fabric kFast{BytesPerSecond{400e9}, Seconds{2e-6}, Seconds{10e-6}};
constexpr Fabric kSlow{BytesPerSecond{40e9}, Seconds{5e-6}, Seconds{10e-6}};

// 8 (1 - (7/8)^8) = 5.251: of eight experts chosen, one device holds more than one.
TEST_CASE("exchange: a token goes once to each device that holds its experts",
          "[performance][exchange]") {
  CHECK(distinct_owners(8, 8) == Approx(5.2513).epsilon(1e-4));
  CHECK(distinct_owners(1, 8) == 1);
  CHECK(distinct_owners(1e6, 8) == Approx(8).epsilon(1e-4));
}

// 64 tokens on 8 devices: 8 each, of 7168 values in 8 bits, to 5.251 of 8 devices.
TEST_CASE("exchange: dispatch by hand", "[performance][exchange]") {
  const Hierarchy one_domain{kFast, kSlow, 8};
  const TokenSpread spread{64, 8, 1, 1};
  const double sent = 8 * 7168 * 5.2513 * 7 / 8;
  CHECK(expert_exchange(deepseek_v3(), one_domain, spread).value ==
        Approx(3 * 2e-6 + 10e-6 + sent / 400e9).epsilon(1e-4));
}

// 32 devices in domains of 8: to 4 (1 - (3/4)^8) = 3.600 of 4 domains, each a quarter its own.
TEST_CASE("exchange: between domains a token crosses once for each", "[performance][exchange]") {
  const Hierarchy domains{kFast, kSlow, 8};
  const TokenSpread spread{64, 32, 1, 1};
  const double inside = 2 * 7168 * distinct_owners(32, 8) * 7 / 8;
  const double across = 2 * 7168 * 3.5995 * 3 / 4;
  CHECK(expert_exchange(deepseek_v3(), domains, spread).value ==
        Approx(2 * 5e-6 + 10e-6 + across / 40e9 + 3 * 2e-6 + 10e-6 + inside / 400e9).epsilon(1e-4));
}

TEST_CASE("exchange: a router that limits domains sends to no more of them",
          "[performance][exchange]") {
  const Hierarchy domains{kFast, kSlow, 8};
  const auto time = [&](double most) {
    return expert_exchange(deepseek_v3(), domains, {64, 32, 1, 1, most}).value;
  };
  // 2 instead of 3.5995 of 4 domains.
  CHECK(time(0) - time(2) == Approx(2 * 7168 * 1.5995 * 3 / 4 / 40e9).epsilon(1e-4));
  CHECK(time(4) == time(0));
}

TEST_CASE("law: distinct owners are at least one, at most owners and choices",
          "[performance][law]") {
  CHECK(rc::check([] {
    const double owners = any::number(1, 1000), choices = any::number(1, 64);
    const double distinct = distinct_owners(owners, choices);
    RC_ASSERT(distinct >= 1 - 1e-12);
    RC_ASSERT(distinct <= std::min(owners, choices) + 1e-12);
    RC_ASSERT(distinct_owners(owners, choices + 1) >= distinct);
    RC_ASSERT(distinct_owners(owners + 1, choices) >= distinct - 1e-12);
  }));
}

TEST_CASE("law: an exchange is never longer than a gather, nor shorter with more to send",
          "[performance][law]") {
  CHECK(rc::check([] {
    Transformer model = deepseek_v3();
    model.experts_per_token = any::power_of_two(64);
    const Hierarchy fabric{kFast, kSlow, double(any::power_of_two(64))};
    const TokenSpread spread{any::number(1, 1e5), double(any::power_of_two(512)), 2, 1};
    const Seconds time = expert_exchange(model, fabric, spread);
    const Bytes all{spread.tokens * model.hidden * 2};
    RC_ASSERT(time <= all_gather(fabric, {spread.ranks, all}) * (1 + 1e-9));
    TokenSpread narrower = spread, uneven = spread;
    narrower.bytes_per_value = 1;
    uneven.imbalance = 1.5;
    RC_ASSERT(expert_exchange(model, fabric, narrower) <= time);
    RC_ASSERT(expert_exchange(model, fabric, uneven) >= time);
    model.experts_per_token *= 2;
    RC_ASSERT(expert_exchange(model, fabric, spread) >= time);
  }));
}

// Of one group of eight tensor ranks nothing is dispatched: they have all tokens already.
TEST_CASE("exchange: tokens are dispatched between groups, experts of one token apart",
          "[performance][exchange]") {
  const IterationLoad load{.sequences = 1, .prefill_tokens = 8192, .prefill_span = 4096};
  const auto links_time = [&](int groups, bool expert_parallel, NumericFormat activations) {
    ServingPlan plan;
    plan.tensor = 8 / groups;
    plan.attention_dp = groups;
    plan.expert_parallel = expert_parallel;
    plan.precision = uniform_precision(NumericFormat::Fp8, NumericFormat::Fp8);
    plan.precision.activations = activations;
    const Replica replica({deepseek_v3(), h20(), interconnect_of(h20()), plan, {}});
    return replica.time(load).of(Kernel::Collective);
  };
  const auto fp8 = NumericFormat::Fp8, fp16 = NumericFormat::Fp16;
  CHECK(links_time(1, true, fp8) == links_time(1, false, fp8));
  CHECK(links_time(8, true, fp8) < links_time(8, false, fp8));
  CHECK(links_time(8, true, fp8) < links_time(8, true, fp16));
  // Two ranks of a group sum their heads as well.
  CHECK(links_time(4, true, fp8) > links_time(8, true, fp8));
}

// 58 layers, 3 x 7168 x 2048 values in 8 bits, of which an eighth is there already.
TEST_CASE("exchange: who dispatches tokens keeps all shared experts", "[performance][exchange]") {
  ServingPlan plan;
  plan.attention_dp = 8;
  plan.precision = uniform_precision(NumericFormat::Fp8, NumericFormat::Fp8);
  const Bytes sliced = weights_per_device(deepseek_v3(), plan);
  plan.expert_parallel = true;
  const Bytes whole = weights_per_device(deepseek_v3(), plan);
  CHECK((whole - sliced).value == Approx(58 * 3.0 * 7168 * 2048 * 7 / 8));
}

}  // namespace
}  // namespace chokepoint
