#include "tools/report/serving_errors_text.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "tests/sim/measure/small_table.hpp"

namespace chokepoint {
namespace {

ExperimentCase case_of(const std::string& device, double tpot_ms) {
  Experiment e;
  e.id = "run-1";
  e.device = device;
  e.model = "llama_70b";
  e.precision = "fp8";
  e.framework = "vllm 0.11";
  e.mode = "online";
  e.engine = EngineFamily::Vllm;
  e.devices = e.tensor = 8;
  e.prompt = e.output = 1000;
  e.concurrency = 4;
  e.tpot = Seconds{tpot_ms * 1e-3};
  return experiment_case(e, kCatalog.view());
}

// Predicted 12 ms throughout: 20 % above 10, half of 24.
struct TwoDevices {
  ExperimentCase first = case_of("h100", 10), second = case_of("h20", 24);
  std::vector<PredictedCase> cases;

  TwoDevices() {
    first.device = kCatalog.devices.data();
    SteadyState state;
    state.tpot = Seconds{0.012};
    cases = {{&first, state}, {&second, state}};
  }
};

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST_CASE("serving errors: by group, each device once in the mean", "[report][serving]") {
  const TwoDevices two;
  const std::string text = errors_text("in sample", two.cases);
  CHECK(contains(text, "all                          35.0 /  47.0     2"));
  CHECK(contains(text, "mean over devices            35.0 /  35.0     2"));
  CHECK(contains(text, "  device h100                20.0 /  20.0     1"));
  CHECK(contains(text, "  device h20                 50.0 /  50.0     1"));
  CHECK(contains(text, "  engine vllm                35.0"));
  CHECK(contains(text, "  family dense               35.0"));
  CHECK(contains(text, "  model llama_70b            35.0"));
}

TEST_CASE("serving errors: families", "[report][serving]") {
  ExperimentCase one = case_of("h100", 1);
  CHECK(model_family(one) == "dense");
  one.model = &kCatalog.transformers[1];
  CHECK(model_family(one) == "mla");
  one.model = &kCatalog.transformers[2];
  CHECK(model_family(one) == "moe");
}

TEST_CASE("serving errors: the worst come first", "[report][serving]") {
  const TwoDevices two;
  const std::string text = worst_text(two.cases, ServingMetric::Tpot, 1);
  CHECK(contains(text, "worst in TPOT"));
  CHECK(contains(text,
                 "0.012     0.024  h20 llama_70b fp8, 8 devices tp 8 dp 1 pp 1 ep 1, "
                 "1000 x 1000, 4 at once, vllm 0.11; missing: "));
  CHECK_FALSE(contains(text, "h100"));
}

TEST_CASE("serving errors: every measured value beside its prediction", "[report][serving]") {
  const TwoDevices two;
  Table table = predictions_table();
  add_predictions("all", two.cases, table);
  const std::string text = to_csv(table);
  CHECK(contains(text, "fitted_on,metric,predicted,measured,device"));
  CHECK(contains(text,
                 "all,TPOT,0.012,0.01,h100,llama_70b,dense,fp8,vllm,vllm 0.11,8,1,1,1000,"
                 "1000,4,none,0,0,,run-1\n"));
}

TEST_CASE("coefficients: all of them, with what is shared and the prior", "[report][serving]") {
  const std::string text = coefficients_text(CoefficientSet::of_priors());
  for (const auto& info : coefficient_listing()) CHECK(contains(text, std::string(info.name)));
  CHECK(contains(
      text, "hop_us                        2.5         2.5         2.5         2.5         2.5"));
}

}  // namespace
}  // namespace chokepoint
