#include "sim/measure/own_fit.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/sim/measure/small_table.hpp"

namespace chokepoint {
namespace {

/// Runs of Llama-70B on H100 "measured" by the model itself with `truth`; every third also says
/// what its cache holds.
std::vector<ExperimentCase> made_runs(const Coefficients& truth) {
  std::vector<ExperimentCase> made;
  for (const int tensor : {2, 4, 8}) {
    for (const double concurrency : {1.0, 4.0, 16.0, 64.0, 128.0}) {
      Experiment e;
      e.device = "h100";
      e.model = "llama_70b";
      e.precision = "fp8";
      e.mode = "online";
      e.engine = EngineFamily::Vllm;
      e.devices = e.tensor = tensor;
      e.prompt = 2000;
      e.output = 300;
      e.concurrency = concurrency;
      auto one = experiment_case(e, kCatalog.view());
      const SteadyState state = predicted(one, truth);
      one.experiment.tpot = state.tpot;
      one.experiment.ttft = state.ttft;
      if (made.size() % 3 == 0) one.experiment.kv_tokens = kv_tokens_of(one, truth);
      made.push_back(one);
    }
  }
  return made;
}

const OwnCoefficient& named(const OwnFit& fit, std::string_view name) {
  for (const auto& one : fit.coefficients) {
    if (one.info->name == name) return one;
  }
  FAIL("no coefficient " << name);
  return fit.coefficients.front();
}

TEST_CASE("own fit: coefficients come back within their stated range", "[measure][fit]") {
  Coefficients truth;
  truth.weight_bandwidth = 0.72;  // One deviation below its prior.
  truth.layer_launch_us = 60;
  truth.usable_memory = 0.88;
  const auto runs = made_runs(truth);
  const OwnFit fit = fit_own(usable_cases(runs), Coefficients{});
  for (const char* name : {"layer_launch_us", "usable_memory"}) {
    const OwnCoefficient& one = named(fit, name);
    INFO(name << ": " << one.low() << " .. " << one.high());
    CHECK(one.identified != Identified::No);
    CHECK(one.low() <= truth.*one.info->member);
    CHECK(truth.*one.info->member <= one.high());
  }
  for (const OwnCoefficient& one : fit.coefficients) {
    if (one.identified == Identified::No) continue;
    INFO(one.info->name << ": " << one.low() << " .. " << one.high());
    CHECK(one.low() <= truth.*one.info->member);
    CHECK(truth.*one.info->member <= one.high());
  }
  const auto all = [](const ExperimentCase&) { return true; };
  CHECK(errors_of(fit.predicted_after, ServingMetric::Tpot, all).median < 0.02);
  CHECK(errors_of(fit.predicted_before, ServingMetric::Tpot, all).median > 0.1);
  CHECK(errors_of(fit.left_out, ServingMetric::Tpot, all).median <
        errors_of(fit.predicted_before, ServingMetric::Tpot, all).median);
  CHECK(fit.parts == 15);
  CHECK(fit.left_out.size() == runs.size());
}

TEST_CASE("own fit: what the data do not touch stays to the last bit", "[measure][fit]") {
  Coefficients start;
  start.grouped_gemm = 0.33;  // Of experts, which a dense model has none of.
  const auto runs = made_runs(Coefficients{});
  const OwnFit fit = fit_own(usable_cases(runs), start);
  const OwnCoefficient& one = named(fit, "grouped_gemm");
  CHECK(one.identified == Identified::No);
  CHECK(one.after == one.before);
  CHECK(one.before == Approx(0.33));
  CHECK(one.spread == Approx(one.prior_spread).epsilon(1e-3));
}

TEST_CASE("own fit: a cache alone says how much memory an engine takes", "[measure][fit]") {
  Coefficients truth;
  truth.usable_memory = 0.85;
  Experiment e;
  e.device = "h100";
  e.model = "llama_70b";
  e.precision = "fp8";
  e.engine = EngineFamily::Vllm;
  e.devices = e.tensor = 2;
  e.kv_tokens = Tokens{1};
  std::vector<ExperimentCase> cases = {experiment_case(e, kCatalog.view())};
  REQUIRE(cases[0].is_known());
  cases[0].experiment.kv_tokens = kv_tokens_of(cases[0], truth);
  const OwnFit fit = fit_own(usable_cases(cases), Coefficients{});
  CHECK(named(fit, "usable_memory").identified == Identified::Well);
  CHECK(fit.after.usable_memory == Approx(0.85).epsilon(0.02));  // The prior pulls to 0.92.
  CHECK(fit.predicted_after.empty());
  CHECK(fit.parts == 0);
}

TEST_CASE("own fit: more runs never widen a spread, and repeat alike", "[measure][fit]") {
  const auto runs = made_runs(Coefficients{});
  const auto cases = usable_cases(runs);
  const std::vector<const ExperimentCase*> few(cases.begin(), cases.begin() + 4);
  const OwnFit by_few = fit_own(few, Coefficients{}), by_all = fit_own(cases, Coefficients{});
  for (std::size_t i = 0; i < by_all.coefficients.size(); ++i) {
    CHECK(by_all.coefficients[i].spread <= by_few.coefficients[i].spread * 1.02);
  }
  const OwnFit again = fit_own(cases, Coefficients{});
  for (std::size_t i = 0; i < by_all.coefficients.size(); ++i) {
    CHECK(again.coefficients[i].after == by_all.coefficients[i].after);
    CHECK(again.coefficients[i].spread == by_all.coefficients[i].spread);
  }
}

TEST_CASE("own fit: a set of coefficients is made of any", "[measure][fit]") {
  Coefficients c;
  c.weight_bandwidth = 0.91;
  c.host_us = 12;
  const Coefficients back = CoefficientSet::of(c).shared_coefficients();
  for (const auto& info : coefficient_listing()) {
    INFO(info.name);
    CHECK(back.*info.member == Approx(c.*info.member).epsilon(1e-9));
  }
}

}  // namespace
}  // namespace chokepoint
