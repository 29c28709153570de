#include "tools/estimate/training/training_validation.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>

#include "tests/tools/estimate/training/shipped_training.hpp"

namespace chokepoint {
namespace {

std::string shipped_rows(const std::string& file = "training.csv") {
  std::ifstream in(source_dir() + "/scenarios/measured/" + file);
  return {std::istreambuf_iterator<char>(in), {}};
}

const TrainingError& error_named(std::span<const TrainingError> errors, std::string_view left_out,
                                 std::string_view of) {
  for (const TrainingError& one : errors) {
    if (one.basis == left_out && one.of == of) return one;
  }
  FAIL("no error of " << of);
  return errors.front();
}

// Bounds that the models are held to.
TEST_CASE("training validation: errors of what ships are within their bounds",
          "[estimate][training]") {
  const auto cases =
      training_cases(read_measured_table(shipped_rows()), shipped_training().catalog());
  std::vector<const TrainingCase*> fitted_to;
  for (const TrainingCase& one : cases) {
    if (is_fitted_to(one)) fitted_to.push_back(&one);
  }
  CHECK(fitted_to.size() == 372);
  const auto now = summarized("nothing", predict_training(fitted_to, shipped_training().figures));
  CHECK(error_named(now, "nothing", "all").median <= 0.03);
  CHECK(error_named(now, "nothing", "all").p90 <= 0.10);
  CHECK(error_named(now, "nothing", "mean of devices").median <= 0.05);
  CHECK(error_named(now, "nothing", "experts").median <= 0.08);
  CHECK(error_named(now, "nothing", "experts").p90 <= 0.25);
  CHECK(error_named(now, "nothing", "hw_ascend_910b2").median <= 0.04);
  CHECK(error_named(now, "nothing", "hw_ascend_910b2").p90 <= 0.13);
}

TEST_CASE("training validation: errors with runs left out are within their bounds",
          "[estimate][training]") {
  const auto& errors = shipped_training().errors;
  CHECK(error_named(errors, "group", "all").median <= 0.05);
  CHECK(error_named(errors, "group", "all").p90 <= 0.18);
  CHECK(error_named(errors, "group", "hw_ascend_910b2").median <= 0.07);
  CHECK(error_named(errors, "group", "hw_ascend_910b2").p90 <= 0.18);
  CHECK(error_named(errors, "stack", "all").median <= 0.08);
  CHECK(error_named(errors, "stack", "all").p90 <= 0.20);
  CHECK(error_named(errors, "device", "no fp4 devices").median <= 0.10);
  CHECK(error_named(errors, "device", "no fp4 devices").p90 <= 0.25);
}

TEST_CASE("training validation: versions are measured on the devices of their runs",
          "[estimate][training]") {
  std::map<std::string, std::set<std::string>> of_runs, stated;
  for (const TrainingCase& one :
       training_cases(read_measured_table(shipped_rows()), shipped_training().catalog())) {
    if (is_fitted_to(one)) of_runs[one.version].insert(one.device_name);
  }
  for (const TrainingStack& one : shipped_training().versions) {
    for (const std::string& device : one.measured_on) stated[one.name].insert(device);
  }
  CHECK(of_runs == stated);
}

TEST_CASE("training validation: tables fit a terminal", "[estimate][training]") {
  std::istringstream text(training_validation_text(
      shipped_rows(), shipped_rows("training_held_out.csv"), shipped_training(), 10));
  for (std::string line; std::getline(text, line);) {
    INFO(line);
    CHECK((line.starts_with("not predicted") || line.size() <= 100));
    CHECK(line.find("-0.0 %") == std::string::npos);
  }
}

TEST_CASE("training validation: text and CSV name every run that counts", "[estimate][training]") {
  const std::string text = training_validation_text(
      shipped_rows(), shipped_rows("training_held_out.csv"), shipped_training(), 3);
  for (const char* word : {"mean of groups", "hw_ascend_910b2", "figures, ", "repeated runs",
                           "memory of", "worst", "never fitted", "mcore014", "vtrain"}) {
    INFO(word);
    CHECK(text.find(word) != std::string::npos);
  }
  const std::string csv = to_csv(training_validation_table(shipped_rows(), shipped_training()));
  CHECK(read_measured_table(csv).size() == read_measured_table(shipped_rows()).size());
}

TEST_CASE("training validation: a calibration has every basis", "[estimate][training]") {
  const auto rows = read_measured_table(shipped_rows());
  std::vector<MeasuredRow> few;
  for (const MeasuredRow& row : rows) {
    if (cell(row, "stack_version") == "flagperf_core" || cell(row, "stack_version") == "paddle") {
      few.push_back(row);
    }
  }
  const auto cases = training_cases(few, shipped_training().catalog());
  std::vector<std::string> rounds;
  const auto made =
      calibrated(cases, [&](const std::string& left_out) { rounds.push_back(left_out); });
  CHECK(rounds == std::vector<std::string>{"nothing", "group", "stack", "device"});
  for (const std::string& each : rounds) CHECK(error_named(made.errors, each, "all").count > 0);
}

}  // namespace
}  // namespace chokepoint
