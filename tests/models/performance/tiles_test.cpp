#include "models/performance/tiles.hpp"

#include <catch2/catch.hpp>

#include "models/performance/attention.hpp"
#include "models/performance/feed_forward.hpp"
#include "tests/models/catalog_excerpt.hpp"
#include "tests/models/performance/random_serving.hpp"

namespace chokepoint {
namespace {

OperatorWork product(double rows, double columns, double depth, double products = 1) {
  OperatorWork work;
  work.rows = rows;
  work.shape = {products, columns, depth};
  return work;
}

OperatorWork any_product() {
  return product(any::number(1, 1e5), any::number(1, 1e5), any::number(1, 1e5),
                 any::number(1, 300));
}

TEST_CASE("law: a share of waves is above 0 and at most 1, and 1 for large products",
          "[performance][law]") {
  CHECK(rc::check([] {
    const double cores = *rc::gen::inRange(1, 1000);
    OperatorWork work = any_product();
    const double share = wave_share(work, cores);
    RC_ASSERT(share > 0);
    RC_ASSERT(share <= 1);
    work.rows = 1e8;
    work.shape = {1, 1e6, 1e6};
    RC_ASSERT(wave_share(work, cores) > 0.999);
  }));
}

// Time goes with rows over the share.
TEST_CASE("law: more rows, columns or products never take less time", "[performance][law]") {
  CHECK(rc::check([] {
    const double cores = *rc::gen::inRange(1, 1000), more = any::number(1, 3);
    const OperatorWork work = any_product();
    const auto time = [&](double rows, double columns, double products) {
      const OperatorWork of = product(work.rows * rows, work.shape.columns * columns,
                                      work.shape.depth, work.shape.products * products);
      return of.rows * of.shape.columns * of.shape.products / wave_share(of, cores);
    };
    const double before = time(1, 1, 1) * (1 - 1e-12);
    RC_ASSERT(time(more, 1, 1) >= before);
    RC_ASSERT(time(1, more, 1) >= before);
    RC_ASSERT(time(1, 1, more) >= before);
  }));
}

// The rate of all cores is shares times cores; a device with more of them is never slower.
TEST_CASE("law: more cores of one rate never slow a product", "[performance][law]") {
  CHECK(rc::check([] {
    const double cores = *rc::gen::inRange(1, 500), more = cores + *rc::gen::inRange(1, 500);
    const OperatorWork work = any_product();
    RC_ASSERT(wave_share(work, more) * more >= wave_share(work, cores) * cores * (1 - 1e-12));
  }));
}

// 1024 x 2048 in tiles of 128 x 256 are 64: one wave of 64 cores; of 32 cores 2, on average 2.25.
TEST_CASE("tiles: waves by hand", "[performance][tiles]") {
  CHECK(wave_share(product(1024, 2048, 256), 64) == Approx(1));
  CHECK(wave_share(product(1024, 2048, 256), 32) == Approx(2 / 2.25));
  // 16 columns fill a quarter of the narrowest tile.
  CHECK(wave_share(product(1e8, 16, 256), 32) == Approx(0.6 * 16 / 64).epsilon(1e-3));
  // 8 tiles on 64 cores: a depth of 8192 is split into 8 parts. One of 256 is not, and 64 tiles of
  // the smallest kind do better.
  CHECK(wave_share(product(128, 2048, 8192), 64) == Approx(1));
  CHECK(wave_share(product(128, 2048, 256), 64) == Approx(0.6));
  CHECK(wave_share(OperatorWork{}, 64) == 1);
}

// A slice of a narrow expert fills no tile; a whole one does.
TEST_CASE("tiles: tensor parallelism of narrow experts wastes tiles", "[performance][tiles]") {
  Transformer model = deepseek_v3();
  model.expert_ffn = 512;
  const Routing sliced{}, whole{1, 1, 16};
  const double slices = wave_share(experts(model, 8192, 16, 1, sliced), 132);
  CHECK(wave_share(experts(model, 8192, 16, 1, whole), 132) > 1.2 * slices);
}

TEST_CASE("law: shapes of products hold all weights that are read", "[performance][law]") {
  CHECK(rc::check([] {
    const Transformer model = any::transformer();
    const double shards = any::power_of_two(8);
    const OperatorWork projections = attention_projection(model, 64, shards, 2);
    RC_ASSERT(projections.shape.columns > 0 && projections.shape.depth > 0);
    const OperatorWork dense = mlp(model, 64, shards, 2);
    RC_ASSERT(std::abs(2 * dense.shape.columns * dense.shape.depth / dense.weights - 1) < 1e-9);
    if (model.experts <= 0) return;
    const OperatorWork routed = experts(model, 64, shards, 2, {});
    const double held = 2 * routed.shape.products * routed.shape.columns * routed.shape.depth;
    RC_ASSERT(std::abs(held / routed.weights - 1) < 1e-9);
  }));
}

}  // namespace
}  // namespace chokepoint
