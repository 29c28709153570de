#include "models/performance/feed_forward.hpp"

#include <catch2/catch.hpp>

#include "tests/models/catalog_excerpt.hpp"
#include "tests/models/performance/random_serving.hpp"

namespace chokepoint {
namespace {

TEST_CASE("mlp: three matrices where it is gated, else two", "[performance][feed_forward]") {
  Transformer model = llama_70b();
  CHECK(mlp_parameters(model) == 3.0 * 8192 * 28672);
  model.gated_mlp = false;
  CHECK(mlp_parameters(model) == 2.0 * 8192 * 28672);
  const auto work = mlp(model, 10, 4, 0.5);
  CHECK(work.kernel == Kernel::DenseGemm);
  CHECK(work.matrix == Flops{2 * 10 * mlp_parameters(model) / 4});
  CHECK(work.traffic == Bytes{mlp_parameters(model) / 4 * 0.5});
  CHECK(work.rows == 10);
}

TEST_CASE("layers: those with experts follow the dense ones", "[performance][feed_forward]") {
  CHECK(expert_layers(deepseek_v3()) == 58);
  CHECK(dense_layers(deepseek_v3()) == 3);
  CHECK(expert_layers(llama_70b()) == 0);
  CHECK(dense_layers(llama_70b()) == 80);
}

TEST_CASE("experts: one token reaches its own, many reach all", "[performance][feed_forward]") {
  const Routing even;
  CHECK(distinct_experts(deepseek_v3(), 1, even) == Approx(8).epsilon(1e-12));
  CHECK(distinct_experts(deepseek_v3(), 1e6, even) == Approx(256));
  // 256 (1 - (31/32)^32) = 163.3.
  CHECK(distinct_experts(deepseek_v3(), 32, even) == Approx(163.31).epsilon(1e-4));
  CHECK(distinct_experts(deepseek_v3(), 32, {0.5, 1}) ==
        Approx(distinct_experts(deepseek_v3(), 16, even)));
  CHECK(distinct_experts(llama_70b(), 32, even) == 0);
  CHECK(distinct_experts(deepseek_v3(), 0, even) == 0);
}

TEST_CASE("law: experts touched never exceed experts, nor fall with tokens", "[performance][law]") {
  CHECK(rc::check([] {
    Transformer model = any::transformer();
    model.experts = 8.0 * any::power_of_two(64);
    model.experts_per_token = any::power_of_two(16);
    const Routing routing{any::number(0.01, 1), 1};
    const double tokens = any::number(0.01, 1e6);
    const double found = distinct_experts(model, tokens, routing);
    RC_ASSERT(found >= 0 && found <= model.experts);
    RC_ASSERT(found <= distinct_experts(model, tokens * 1.5, routing) + 1e-9);
    RC_ASSERT(found <= std::max(1.0, tokens) * model.experts_per_token + 1e-9);
  }));
}

TEST_CASE("law: the busiest device has the mean at least, its experts at most, more with more",
          "[performance][law]") {
  CHECK(rc::check([] {
    Transformer model = any::transformer();
    model.experts = 8.0 * any::power_of_two(64);
    Routing routing;
    routing.devices = any::power_of_two(8);
    const double reached = any::number(0.001, 1) * model.experts;
    const double busiest = experts_of_busiest(model, reached, routing);
    RC_ASSERT(busiest >= reached / routing.devices * (1 - 1e-12));
    RC_ASSERT(busiest <= model.experts / routing.devices * (1 + 1e-12));
    const double more = std::min(reached * 1.1, model.experts);
    RC_ASSERT(experts_of_busiest(model, more, routing) >= busiest * (1 - 1e-12));
  }));
  Routing alone;
  CHECK(experts_of_busiest(deepseek_v3(), 10, alone) == Approx(10));
}

// The greatest of 8 draws is at 1.42 (exact 1.424), of 32 at 2.02 (2.070); of 8 * 1000 visits
// 1/1000.
TEST_CASE("experts: the busiest device has the more the more devices share, chance apart",
          "[performance][feed_forward]") {
  const auto model = deepseek_v3();
  CHECK(expert_imbalance(model, 1e9, {1, 0.1, 8}) == Approx(1 + 0.1337).epsilon(1e-3));
  CHECK(expert_imbalance(model, 1000, {1, 0.1, 8}) == Approx(1 + 0.1402).epsilon(1e-3));
  CHECK(expert_imbalance(model, 1e9, {1, 0.1, 32}) == Approx(1 + 0.1991).epsilon(1e-3));
  CHECK(expert_imbalance(model, 1e9, {1, 0.4, 1}) == 1);
}

TEST_CASE("law: the busiest device has the mean at least and all at most, and never less with more",
          "[performance][law]") {
  CHECK(rc::check([] {
    Transformer model = any::transformer();
    model.experts = 64.0 * any::power_of_two(8);
    model.experts_per_token = any::power_of_two(16);
    const Routing routing{1, any::number(0.01, 1), double(any::power_of_two(64))};
    const double tokens = any::number(0.01, 1e6);
    const double found = expert_imbalance(model, tokens, routing);
    RC_ASSERT(found >= 1 && found <= routing.devices);
    RC_ASSERT(found <= model.experts / model.experts_per_token);
    RC_ASSERT(expert_imbalance(model, tokens * 2, routing) <= found);
    RC_ASSERT(expert_imbalance(model, tokens * 2, routing) * 2 >= found * (1 - 1e-12));
  }));
}

TEST_CASE("experts: work on the busiest device, weights read once", "[performance][feed_forward]") {
  const auto model = deepseek_v3();
  const double one = 3.0 * 7168 * 2048;
  const auto even = experts(model, 64, 8, 1, {});
  CHECK(even.kernel == Kernel::GroupedGemm);
  CHECK(even.matrix.value == Approx(2 * 64 * 8 * one / 8));
  CHECK(even.repeated == Flops{});
  // 64 * 8 visits of 222 experts that are reached.
  CHECK(even.rows == Approx(512 / distinct_experts(model, 64, {})));
  CHECK(experts(model, 1, 8, 1, {}).rows == Approx(1));
  CHECK(even.traffic.value == Approx(distinct_experts(model, 64, {}) * one / 8));
  const Routing uneven{1, 0.5, 8};
  const auto skewed = experts(model, 64, 8, 1, uneven);
  CHECK(skewed.matrix.value == Approx(expert_imbalance(model, 64, uneven) * even.matrix.value));
  CHECK(model_flops(skewed).value == Approx(even.matrix.value));
  CHECK(experts(llama_70b(), 64, 8, 1, {}).matrix == Flops{});
}

TEST_CASE("shared experts: every token visits them", "[performance][feed_forward]") {
  const auto work = shared_experts(deepseek_v3(), 10, 2, 1);
  CHECK(work.matrix == Flops{2 * 10 * 3.0 * 7168 * 2048 / 2});
  CHECK(work.traffic == Bytes{3.0 * 7168 * 2048 / 2});
}

}  // namespace
}  // namespace chokepoint
