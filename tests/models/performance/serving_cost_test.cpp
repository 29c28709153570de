#include "models/performance/serving_cost.hpp"

#include <catch2/catch.hpp>

#include "tests/models/catalog_excerpt.hpp"

namespace chokepoint {
namespace {

TEST_CASE("serving cost: energy and price go with devices and time, not with replicas",
          "[performance][cost]") {
  const Transformer model = llama_70b();
  const DeviceSpec device = h100();
  const ServingPlan plan{.tensor = 4,
                         .precision = uniform_precision(NumericFormat::Fp8, NumericFormat::Fp8)};
  const ServingTask task{model,        device,     interconnect_of(device), {}, {}, {},
                         Tokens{1024}, Tokens{512}};
  const DeviceUpkeep upkeep{Watts{1000}, 1.25, UsdPerJoule{1e-8}, Usd{30'000}, Seconds{1e8}};
  const auto one = estimate_serving(task, plan, 1, 16), two = estimate_serving(task, plan, 2, 16);
  const ServingCost cost = cost_of(one, upkeep);
  CHECK(cost.joules_per_token == Approx(4 * 1250 / one.output().value));
  CHECK(*cost.usd_per_token ==
        Approx(cost.joules_per_token * 1e-8 + 4 * 30'000 / 1e8 / one.output().value));
  CHECK(cost_of(two, upkeep).joules_per_token == Approx(cost.joules_per_token));
  CHECK_FALSE(cost_of(one, {Watts{1000}, 1.25, UsdPerJoule{1e-8}, std::nullopt, Seconds{1e8}})
                  .usd_per_token);
}

}  // namespace
}  // namespace chokepoint
