#include "tools/report/years/drivers_text.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

DrivenDifference driven_by(double chance) {
  DrivenDifference driven;
  driven.base = "a", driven.other = "b";
  driven.of = {"installed_training", "mainland", "H100e", 2025};
  driven.differs.change = -310'000;
  driven.drivers.inputs = 1'934, driven.drivers.draws = 200, driven.drivers.explained = 0.47;
  driven.drivers.ranked = {{"supply_stages[fab].yield", 0.34, 0.06, -52'000, chance},
                           {"choice.sensitivity", 0.13, 0.05, 30'000, chance}};
  driven.written["choice.sensitivity"] = "3 (1 .. 5), estimated, from guess";
  return driven;
}

TEST_CASE("drivers: three sentences open, then each input has its row", "[years][drivers]") {
  const std::string text = drivers_text(driven_by(0.01));
  CHECK(text.rfind("supply_stages[fab].yield drives it most: it explains 34 % (+- 6)", 0) == 0);
  CHECK(text.find("takes 52 k H100e; then choice.sensitivity 13 % (+- 5)") != std::string::npos);
  CHECK(text.find("47 %") != std::string::npos);
  CHECK(text.find("choice.sensitivity = 3 (1 .. 5)") != std::string::npos);
}

TEST_CASE("drivers: what chance does as well is claimed of none", "[years][drivers]") {
  const std::string text = drivers_text(driven_by(0.4));
  CHECK(text.rfind("No input stands out of 1,934", 0) == 0);
  CHECK(text.find("40 times of 100") != std::string::npos);
  CHECK(text.find("drives it most") == std::string::npos);
}

TEST_CASE("drivers: files have whole paths and plain numbers", "[years][drivers]") {
  const std::string csv = to_csv(drivers_table(driven_by(0.01)));
  CHECK(csv.find("supply_stages[fab].yield,0.34,0.06,-52000,0.01,") != std::string::npos);
  const std::string json = drivers_json(driven_by(0.01)).text();
  CHECK(json.find("\"schema\": \"chokepoint.drivers/1\"") != std::string::npos);
  CHECK(json.find("\"explained_share\": 0.47") != std::string::npos);
}

}  // namespace
}  // namespace chokepoint
