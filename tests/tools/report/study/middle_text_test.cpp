#include <catch2/catch.hpp>

#include "tools/report/study/study_text.hpp"

namespace chokepoint {
namespace {

Figures training(double h100e) {
  return {{{"installed_training", "mainland", "H100e", 2025}, h100e},
          {{"installed_training", "mainland", "H100e", 2026}, 2.0 * h100e}};
}

Ensemble three_draws() {
  Ensemble ensemble;
  ensemble.numbers = {2, 5, 9};
  ensemble.yearly = {training(1e5), training(3e5), training(2e5)};
  ensemble.drawn = 9;
  return ensemble;
}

TEST_CASE("middle_text: median and band stand beside the run, and the nearest draw is named",
          "[history][ensemble]") {
  const std::string text = middle_text(training(2.9e5), three_draws(), 2025);
  INFO(text);
  CHECK(text.find("3 draws of 9") != std::string::npos);
  CHECK(text.find("effective sample size 3") != std::string::npos);
  CHECK(text.find("--draw 9") != std::string::npos);
  CHECK(text.find("200.0") != std::string::npos);
  CHECK(text.find("290.0") != std::string::npos);
}

TEST_CASE("middle_text: one draw has no middle", "[history][ensemble]") {
  Ensemble one = three_draws();
  one.numbers.resize(1);
  one.yearly.resize(1);
  CHECK(middle_text(training(1.0), one, 2025).empty());
  CHECK(middle_text(training(1.0), {}, 2025).empty());
}

}  // namespace
}  // namespace chokepoint
