#include "sim/measure/training_errors.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

TEST_CASE("training errors: what is written reads back, and the nearest counts",
          "[measure][training]") {
  const std::vector<TrainingError> errors = {
      {"nothing", "v1", 9, 0.01, 0.02, 0},   {"group", "h100", 7, 0.03, 0.09, -0.01},
      {"stack", "h100", 7, 0.05, 0.2, 0.01}, {"device", "all", 30, 0.0625, 0.25, 0},
      {"group", "experts", 3, 0.2, 0.3, 0},  {"device", "mean of devices", 4, 0.1, 0.3, 0},
      {"device", "worst", 4, 0.2, 0.5, 0}};
  const auto back = read_training_errors(training_errors_csv(errors));
  REQUIRE(back.size() == 7);
  CHECK(back[1].of == "h100");
  CHECK(back[3].p90 == 0.25);
  TrainingCase one;
  one.device_name = "h100", one.version = "v1";
  one.is_architecture_measured = one.is_pair_measured = true;
  CHECK(expected_training_error(back, one)->of == "h100");
  CHECK(expected_training_error(back, one)->basis == "group");
  one.model.experts = 8;
  CHECK(expected_training_error(back, one)->of == "experts");
  one.model.experts = 0;
  one.version = "v2", one.is_pair_measured = false;
  CHECK(expected_training_error(back, one)->basis == "stack");
  one.device_name = "unheard of";
  CHECK(expected_training_error(back, one)->of == "mean of devices");
  one.is_architecture_measured = false;
  CHECK(expected_training_error(back, one)->of == "worst");
  CHECK(expected_training_error({}, one) == nullptr);
  CHECK_THROWS(read_training_errors("left_out,of,runs,median,p90,bias\ngroup,all,x,1,1,1\n"));
}

}  // namespace
}  // namespace chokepoint
