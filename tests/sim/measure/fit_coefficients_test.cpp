#include "sim/measure/fit_coefficients.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/sim/measure/small_table.hpp"

namespace chokepoint {
namespace {

std::size_t index_of(std::string_view name) {
  const auto listing = coefficient_listing();
  for (std::size_t i = 0; i < listing.size(); ++i) {
    if (listing[i].name == name) return i;
  }
  FAIL("no coefficient " << name);
  return 0;
}

// Runs of Llama-70B on H100, "measured" by the model itself with `truth`.
std::vector<ExperimentCase> made_cases(const CoefficientSet& truth) {
  std::vector<ExperimentCase> made;
  for (const EngineFamily engine : {EngineFamily::Vllm, EngineFamily::TensorRt}) {
    for (const int tensor : {2, 4, 8}) {
      for (const double concurrency : {1.0, 8.0, 32.0, 64.0}) {
        Experiment e;
        e.device = "h100";
        e.model = "llama_70b";
        e.precision = "fp8";
        e.mode = "online";
        e.engine = engine;
        e.devices = e.tensor = tensor;
        e.prompt = 1000;
        e.output = 500;
        e.concurrency = concurrency;
        auto one = experiment_case(e, kCatalog.view());
        const SteadyState state = predicted(one, truth.of(engine));
        one.experiment.tpot = state.tpot;
        one.experiment.ttft = state.ttft;
        made.push_back(one);
      }
    }
  }
  return made;
}

std::vector<const ExperimentCase*> pointers(const std::vector<ExperimentCase>& cases) {
  std::vector<const ExperimentCase*> made;
  for (const auto& one : cases) made.push_back(&one);
  return made;
}

TEST_CASE("fit: priors are what a set begins with", "[measure][fit]") {
  const CoefficientSet set = CoefficientSet::of_priors();
  for (const auto& info : coefficient_listing()) {
    CHECK(set.shared_coefficients().*info.member ==
          Approx(capped(info.prior, info.cap)).epsilon(1e-12));
    CHECK(set.of(EngineFamily::Sglang).*info.member == set.shared_coefficients().*info.member);
  }
}

TEST_CASE("fit: finds what the rows were made with", "[measure][fit]") {
  CoefficientSet truth = CoefficientSet::of_priors();
  truth.shared[index_of("layer_launch_us")] = std::log(2.0);
  truth.shared[index_of("weight_bandwidth")] = std::log(0.9);
  const auto cases = made_cases(truth);
  const auto known = pointers(cases);
  const FittedSet fitted = fit_coefficients(known, {});
  CHECK(fitted.has_converged);
  for (const auto& one : cases) {
    const EngineFamily engine = one.experiment.engine;
    const SteadyState state = predicted(one, fitted.set.of(engine));
    CHECK(state.tpot / *one.experiment.tpot == Approx(1).epsilon(0.03));
  }
  const double bandwidth = fitted.set.shared_coefficients().weight_bandwidth;
  CHECK(bandwidth == Approx(truth.shared_coefficients().weight_bandwidth).epsilon(0.1));
}

TEST_CASE("fit: an engine that differs deviates, unless none may", "[measure][fit]") {
  CoefficientSet truth = CoefficientSet::of_priors();
  truth.deviations[static_cast<std::size_t>(EngineFamily::Vllm)][index_of("weight_bandwidth")] =
      -0.3;
  const auto cases = made_cases(truth);
  const auto known = pointers(cases);
  const auto ratio = [](const FittedSet& fitted) {
    return fitted.set.of(EngineFamily::Vllm).weight_bandwidth /
           fitted.set.of(EngineFamily::TensorRt).weight_bandwidth;
  };
  CoefficientFit together;
  together.by_engine = false;
  CHECK(ratio(fit_coefficients(known, together)) == 1.0);
  CHECK(ratio(fit_coefficients(known, {})) < 0.9);
  CHECK(fit_coefficients(known, {}).cost < fit_coefficients(known, together).cost);
}

TEST_CASE("fit: an engine on a stack of its own deviates and moves no other", "[measure][fit]") {
  auto cases = made_cases(CoefficientSet::of_priors());
  const std::size_t others = cases.size();
  for (std::size_t i = 0; i < 6; ++i) {
    ExperimentCase slow = cases[i];
    slow.experiment.engine = EngineFamily::VllmAscend;
    slow.experiment.tpot = *slow.experiment.tpot * 2.0;
    slow.experiment.ttft.reset();
    cases.push_back(slow);
  }
  const auto all = pointers(cases);
  const FittedSet apart = fit_coefficients(std::span(all).first(others), {});
  const FittedSet fitted = fit_coefficients(all, {});
  CHECK(fitted.set.shared == apart.set.shared);
  CHECK(fitted.set.deviations[0] == apart.set.deviations[0]);
  for (std::size_t i = others; i < cases.size(); ++i) {
    const auto state = predicted(cases[i], fitted.set.of(EngineFamily::VllmAscend));
    CHECK(state.tpot / *cases[i].experiment.tpot == Approx(1).epsilon(0.1));
  }
  const auto half = fitted.set.towards(EngineFamily::VllmAscend, 0.5);
  const auto whole = fitted.set.of(EngineFamily::VllmAscend);
  const auto shared = fitted.set.shared_coefficients();
  CHECK(half.host_us == Approx(std::sqrt(shared.host_us * whole.host_us)));
}

TEST_CASE("fit: a stated cache moves the memory of an engine on a stack of its own, and no other",
          "[measure][fit]") {
  auto cases = made_cases(CoefficientSet::of_priors());
  const auto before = fit_coefficients(pointers(cases), {});
  ExperimentCase stated = cases[0];
  stated.experiment.engine = EngineFamily::VllmAscend;
  stated.experiment.tpot.reset();
  stated.experiment.ttft.reset();
  stated.experiment.output_rate.reset();
  Coefficients truth;
  truth.usable_memory = 0.8;
  stated.experiment.kv_tokens = kv_tokens_of(stated, truth);
  cases.push_back(stated);
  const FittedSet fitted = fit_coefficients(pointers(cases), {});
  CHECK(fitted.set.of(EngineFamily::VllmAscend).usable_memory == Approx(0.8).epsilon(0.01));
  CHECK(fitted.set.shared == before.set.shared);
}

TEST_CASE("fit: one wild row moves little", "[measure][fit]") {
  auto cases = made_cases(CoefficientSet::of_priors());
  cases[0].experiment.tpot = *cases[0].experiment.tpot * 20.0;
  const auto known = pointers(cases);
  const FittedSet fitted = fit_coefficients(known, {});
  for (std::size_t i = 1; i < cases.size(); ++i) {
    const EngineFamily engine = cases[i].experiment.engine;
    const SteadyState state = predicted(cases[i], fitted.set.of(engine));
    CHECK(state.tpot / *cases[i].experiment.tpot == Approx(1).epsilon(0.1));
  }
}

TEST_CASE("fit: the same rows give the same coefficients", "[measure][fit]") {
  const auto cases = made_cases(CoefficientSet::of_priors());
  const auto known = pointers(cases);
  CHECK(fit_coefficients(known, {}).set.shared == fit_coefficients(known, {}).set.shared);
}

TEST_CASE("fit: without rows the priors stay", "[measure][fit]") {
  const FittedSet fitted = fit_coefficients({}, {});
  CHECK(fitted.set.shared == CoefficientSet::of_priors().shared);
}

TEST_CASE("metrics: what a table states counts, whoever waits", "[measure][fit]") {
  Experiment e;
  e.output_rate = TokensPerSecond{5};
  e.mode = "offline";
  CHECK(measured(e, ServingMetric::OutputRate) == 5.0);
  e.mode = "online(agg)";
  CHECK(measured(e, ServingMetric::OutputRate) == 5.0);
  CHECK_FALSE(measured(e, ServingMetric::Tpot));
}

}  // namespace
}  // namespace chokepoint
