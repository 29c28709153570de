#include "sim/measure/training_fit.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/sim/measure/training_runs.hpp"

namespace chokepoint {
namespace {

/// Runs of Llama-70B on H100, "measured" by the model itself with `truth`.
std::vector<TrainingCase> made_training_runs(const SmallTrainingCatalog& catalog,
                                             const TrainingFigures& truth) {
  std::vector<TrainingCase> made;
  for (const char* sequence : {"1024", "2048", "8192", "32768"}) {
    for (const char* batch : {"32", "64", "256"}) {
      for (const char* tensor : {"2", "8"}) {
        MeasuredRow row = small_training_row();
        row["seq_len"] = sequence, row["global_batch"] = batch, row["tp"] = tensor;
        row["group"] = sequence;
        TrainingCase one = training_case(row, catalog.view());
        REQUIRE(one.reason == "");
        one.step = predicted_step(one, truth);
        made.push_back(one);
      }
    }
  }
  return made;
}

std::vector<const TrainingCase*> pointers(const std::vector<TrainingCase>& cases) {
  std::vector<const TrainingCase*> all;
  for (const TrainingCase& one : cases) all.push_back(&one);
  return all;
}

TEST_CASE("training fit: what runs were made with comes back", "[measure][training][fit]") {
  const SmallTrainingCatalog catalog;
  const TrainingFigures truth({{"gemm", TrainingScope::Architecture, "cuda.8", 0.60, 0, 0},
                               {"flash", TrainingScope::Attention, "cudnn.cuda.8", 0.35, 0, 0}});
  const auto cases = made_training_runs(catalog, truth);
  TrainingFitting how;
  how.with_spread = true;
  const auto fitted = fit_training(pointers(cases), how);
  CHECK(fitted.has_converged);
  const auto errors = training_errors(predict_training(pointers(cases), fitted.figures),
                                      [](const TrainingCase&) { return true; });
  CHECK(errors.count == 24);
  CHECK(errors.p90 < 0.02);
  const auto* flash = fitted.figures.find("flash", TrainingScope::Attention, "cudnn.cuda.8");
  REQUIRE(flash != nullptr);
  CHECK(std::abs(std::log(flash->value / 0.35)) < 2 * flash->spread);
  CHECK(flash->rows >= 12);
  CHECK(fitted.figures.find("score_bytes", TrainingScope::Architecture, "cuda.8")->rows == 0);
}

TEST_CASE("training fit: a group that is left out is not looked at", "[measure][training][fit]") {
  const SmallTrainingCatalog catalog;
  auto cases = made_training_runs(catalog, {});
  for (TrainingCase& one : cases) {
    if (one.group == "1024") one.step = *one.step * 3.0;
  }
  const auto all = pointers(cases);
  const auto predicted =
      predict_training_left_out(all, [](const TrainingCase& one) { return one.group; }, {});
  const auto of = [&](const char* group) {
    return training_errors(predicted, [&](const TrainingCase& one) { return one.group == group; });
  };
  CHECK(of("1024").median == Approx(2.0 / 3).epsilon(0.05));
  CHECK(predicted.size() == cases.size());
  cases[0].left_out = "why not";
  CHECK_FALSE(is_fitted_to(cases[0]));
}

TEST_CASE("training errors: bias is of the median run, means are over groups",
          "[measure][training]") {
  const SmallTrainingCatalog catalog;
  auto cases = made_training_runs(catalog, {});
  auto predicted = predict_training(pointers(cases), {});
  for (PredictedTraining& one : predicted) {
    one.step = one.step * (one.known->group == "1024" ? 1.5 : 1.1);
  }
  const auto any = [](const TrainingCase&) { return true; };
  CHECK(training_bias(predicted, any) == Approx(std::log(1.1)));
  const auto mean = macro_errors(predicted, [](const TrainingCase& one) { return one.group; });
  CHECK(mean.count == 4);
  CHECK(mean.median == Approx((0.5 + 3 * 0.1) / 4));
}

}  // namespace
}  // namespace chokepoint
