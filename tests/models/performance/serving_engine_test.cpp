#include "models/performance/serving_engine.hpp"

#include <catch2/catch.hpp>

#include "tests/models/catalog_excerpt.hpp"

namespace chokepoint {
namespace {

ServingError error(ErrorBasis basis, std::optional<DeviceId> device,
                   std::optional<ModelFamily> family, int count) {
  return {ServingMetric::Tpot, basis, device, family, count, 0.1, 0.2};
}

TEST_CASE("serving engine: a stack has its own, or priors", "[performance][engine]") {
  ServingEngine engine;
  engine.name = "vllm";
  engine.stacks = {StackId{3}};
  engine.experiments = 7;
  CHECK(engine_for({{engine}}, StackId{3}).experiments == 7);
  const auto prior = engine_for({{engine}}, StackId{4});
  CHECK(prior.name == "prior");
  CHECK(prior.experiments == 0);
}

TEST_CASE("serving engine: families go by attention, then experts", "[performance][engine]") {
  Transformer model = llama_70b();
  CHECK(family_of(model) == ModelFamily::Dense);
  model.experts = 8;
  CHECK(family_of(model) == ModelFamily::Experts);
  model.attention = Transformer::Attention::Mla;
  CHECK(family_of(model) == ModelFamily::Latent);
}

TEST_CASE("expected error: the nearest that was measured", "[performance][engine]") {
  const DeviceId known{1}, other{2};
  const std::vector<ServingError> errors = {
      error(ErrorBasis::InSample, known, ModelFamily::Dense, 1),
      error(ErrorBasis::ModelLeftOut, std::nullopt, std::nullopt, 2),
      error(ErrorBasis::ModelLeftOut, std::nullopt, ModelFamily::Latent, 3),
      error(ErrorBasis::DeviceLeftOut, std::nullopt, std::nullopt, 4),
      error(ErrorBasis::StackLeftOut, std::nullopt, std::nullopt, 5)};
  const auto count = [&](DeviceId device, ModelFamily family) {
    return expected_error(errors, {ServingMetric::Tpot, device, family})->count;
  };
  CHECK(count(known, ModelFamily::Dense) == 1);
  CHECK(count(known, ModelFamily::Latent) == 3);
  CHECK(count(known, ModelFamily::Experts) == 2);
  CHECK(count(other, ModelFamily::Dense) == 4);
  CHECK(expected_error(errors, {ServingMetric::Tpot, other, ModelFamily::Dense, true})->count == 5);
  // A package of dies that were measured has their errors, unless it has its own.
  const auto of_dies = [&](DeviceId device, DeviceId die, ModelFamily family) {
    return expected_error(errors, {ServingMetric::Tpot, device, family, false, die})->count;
  };
  CHECK(of_dies(other, known, ModelFamily::Dense) == 1);
  CHECK(of_dies(other, known, ModelFamily::Latent) == 3);
  CHECK(of_dies(other, DeviceId{3}, ModelFamily::Dense) == 4);
  CHECK(of_dies(known, other, ModelFamily::Dense) == 1);
  CHECK_FALSE(expected_error(errors, {ServingMetric::Ttft, known, ModelFamily::Dense}));
}

}  // namespace
}  // namespace chokepoint
