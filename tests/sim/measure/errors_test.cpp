#include "sim/measure/errors.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/measure/small_table.hpp"

namespace chokepoint {
namespace {

ExperimentCase case_with(const std::string& model, double concurrency, double tpot_ms) {
  Experiment e;
  e.device = "h100";
  e.model = model;
  e.precision = "fp8";
  e.mode = "online";
  e.devices = e.tensor = 8;
  e.prompt = e.output = 1000;
  e.concurrency = concurrency;
  e.tpot = Seconds{tpot_ms * 1e-3};
  return experiment_case(e, kCatalog.view());
}

bool everything(const ExperimentCase&) {
  return true;
}

TEST_CASE("errors: quantiles interpolate", "[measure][errors]") {
  const auto found = summary_of({0.4, 0.1, 0.2, 0.3, 0.5});
  CHECK(found.count == 5);
  CHECK(found.median == Approx(0.3));
  CHECK(found.p90 == Approx(0.46));
  CHECK(summary_of({0.7}).p90 == 0.7);
  CHECK(summary_of({}).count == 0);
}

TEST_CASE("errors: of what was measured, where speculation is known", "[measure][errors]") {
  auto a = case_with("llama_70b", 1, 10), b = case_with("llama_70b", 1, 10);
  SteadyState state;
  state.tpot = Seconds{0.012};
  state.ttft = Seconds{1};
  std::vector<PredictedCase> both = {{&a, state}, {&b, state}};
  CHECK(errors_of(both, ServingMetric::Tpot, everything).count == 2);
  CHECK(errors_of(both, ServingMetric::Tpot, everything).median == Approx(0.2));
  CHECK(errors_of(both, ServingMetric::Ttft, everything).count == 0);
  b.experiment.speculation = Speculation::Unknown;
  CHECK(errors_of(both, ServingMetric::Tpot, everything).count == 1);
  CHECK(errors_of(both, ServingMetric::Tpot, [](const ExperimentCase&) { return false; }).count ==
        0);
}

TEST_CASE("leaving out: a group is predicted by all others", "[measure][errors]") {
  // Llama is half as slow again as the priors say, DeepSeek as they say.
  std::vector<ExperimentCase> cases;
  for (const double c : {1.0, 4.0, 16.0}) {
    auto llama = case_with("llama_70b", c, 1), deepseek = case_with("deepseek_v3", c, 1);
    llama.experiment.tpot = predicted(llama, {}).tpot * 1.5;
    deepseek.experiment.tpot = predicted(deepseek, {}).tpot;
    cases.push_back(llama);
    cases.push_back(deepseek);
  }
  std::vector<const ExperimentCase*> known;
  for (const auto& one : cases) known.push_back(&one);
  std::vector<std::string> told;
  const auto left_out = predict_left_out(
      known, [](const ExperimentCase& one) { return one.experiment.model; }, {},
      [&](const std::string& name) { told.push_back(name); });
  CHECK(told == std::vector<std::string>{"deepseek_v3", "llama_70b"});
  REQUIRE(left_out.size() == cases.size());
  const auto in_sample = predict_all(known, fit_coefficients(known, {}).set);
  CHECK(errors_of(left_out, ServingMetric::Tpot, everything).median >
        2 * errors_of(in_sample, ServingMetric::Tpot, everything).median);
}

}  // namespace
}  // namespace chokepoint
