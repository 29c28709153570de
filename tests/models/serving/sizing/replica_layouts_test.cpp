#include "models/serving/sizing/replica_layouts.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/models/serving/small_loads.hpp"

namespace chokepoint {
namespace {

TEST_CASE("replica layouts: sizes are parts of a server, then whole ones", "[serving][sizing]") {
  CHECK(replica_sizes(8, 8) == std::vector{1, 2, 4, 8, 16, 24, 32, 40, 48, 56, 64});
  CHECK(replica_sizes(6, 1).front() == 1);
  CHECK(replica_sizes(128, 128) == std::vector{1, 2, 4, 8, 16, 32, 64, 128});
  const auto large = replica_sizes(8, 384);
  CHECK(large.back() <= 384);
  CHECK(large.back() > 250);
  CHECK(std::ranges::is_sorted(large));
  for (const int size : large) CHECK((size < 8 ? 8 % size : size % 8) == 0);
}

TEST_CASE("replica layouts: each can be laid out, none is there twice", "[serving][sizing]") {
  SmallService dense;
  SmallService sparse;
  sparse.model = deepseek_v3();
  for (const SmallService* service : {&dense, &sparse}) {
    const auto layouts = replica_layouts(service->task(), 8);
    REQUIRE_FALSE(layouts.empty());
    for (std::size_t i = 0; i < layouts.size(); ++i) {
      CHECK(plan_complaint(layouts[i], service->model).empty());
      for (std::size_t j = 0; j < i; ++j) {
        const auto key = [](const ServingPlan& plan) {
          return std::tuple(plan.tensor, plan.attention_dp, plan.pipeline, plan.expert_parallel);
        };
        CHECK(key(layouts[i]) != key(layouts[j]));
      }
    }
  }
}

TEST_CASE("replica layouts: a model without experts has no attention groups", "[serving][sizing]") {
  const SmallService dense;
  for (const ServingPlan& plan : replica_layouts(dense.task(), 8)) {
    CHECK(plan.attention_dp == 1);
    CHECK_FALSE(plan.expert_parallel);
  }
}

}  // namespace
}  // namespace chokepoint
