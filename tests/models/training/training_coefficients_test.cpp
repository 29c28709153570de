#include "models/training/training_coefficients.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <string>

#include "models/performance/coefficients.hpp"

namespace chokepoint {
namespace {

TrainingKeys keys_of(const std::string& architecture, const std::string& device) {
  TrainingKeys keys;
  keys[static_cast<std::size_t>(TrainingScope::Architecture)] = architecture;
  keys[static_cast<std::size_t>(TrainingScope::Device)] = device;
  return keys;
}

TEST_CASE("training coefficients: the listing describes each member once, with its prior",
          "[training]") {
  const TrainingCoefficients fresh;
  std::set<std::string_view> names;
  for (const auto& info : training_coefficient_listing()) {
    INFO(info.name);
    CHECK(names.insert(info.name).second);
    CHECK(info.sigma > 0);
    CHECK(info.prior > 0);
  }
  CHECK(names.size() * sizeof(double) == sizeof(TrainingCoefficients));
  for (const auto& prior : training_priors()) CHECK(names.count(prior.coefficient) == 1);
  for (const auto& second : training_deviations()) CHECK(names.count(second.coefficient) == 1);
}

TEST_CASE("training coefficients: a figure counts for its key alone, a second scope multiplies",
          "[training]") {
  const TrainingFigures figures({{"gemm", TrainingScope::Architecture, "cuda.8", 0.6, 9, 0.1},
                                 {"gemm", TrainingScope::Device, "nv_h20_96", 1.2, 3, 0.1}});
  CHECK(figures.of(keys_of("cuda.8", "x")).gemm == Approx(capped(0.6, 0.98)));
  CHECK(figures.of(keys_of("cuda.8", "nv_h20_96")).gemm == Approx(capped(0.72, 0.98)));
  CHECK(figures.of(keys_of("musa.8", "x")).gemm == Approx(capped(0.75, 0.98)));
  CHECK(figures.find("gemm", TrainingScope::Device, "x") == nullptr);
}

TEST_CASE("training coefficients: the longest key that fits says the prior", "[training]") {
  for (const auto& info : training_coefficient_listing()) {
    if (info.name != "flash") continue;
    CHECK(training_prior(info, "triton.cuda.8") == 0.22);
    CHECK(training_prior(info, "unheard.of") == info.prior);
  }
}

TEST_CASE("training coefficients: what was measured by itself is held more tightly", "[training]") {
  for (const auto& prior : training_priors()) {
    for (const auto& info : training_coefficient_listing()) {
      if (info.name != prior.coefficient) continue;
      CHECK(training_sigma(info, prior.key) == (prior.sigma > 0 ? prior.sigma : info.sigma));
      CHECK(training_sigma(info, "unheard.of") == info.sigma);
    }
  }
}

TEST_CASE("training coefficients: fresh ones are at the priors of the listing", "[training]") {
  const TrainingCoefficients fresh;
  for (const TrainingCoefficientInfo& info : training_coefficient_listing()) {
    INFO(info.name);
    CHECK(fresh.*info.member == info.prior);
  }
}

}  // namespace
}  // namespace chokepoint
