#include "tools/report/years/drivers_text.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

DrivenDifference a_difference() {
  DrivenDifference driven;
  driven.base = "a", driven.other = "b";
  driven.of = {"installed_training", "mainland", "H100e", 2025};
  driven.differs.change = -310'000;
  driven.written["choice.sensitivity"] = "3 (1 .. 5), estimated, from guess";
  return driven;
}

Drivers two_drivers(double chance) {
  Drivers drivers;
  drivers.inputs = 1'934, drivers.draws = 200, drivers.explained = 0.47;
  drivers.ranked = {{"supply_stages[fab].yield", 0.34, 0.06, -52'000, chance},
                    {"choice.sensitivity", 0.13, 0.05, 30'000, chance}};
  return drivers;
}

SobolIndices some_indices() {
  SobolIndices indices;
  indices.rows = 64;
  indices.ranked = {{kOtherInputs, 0.2, 0.1, 0.5, 0.1},
                    {"choice.sensitivity", 0.31, 0.04, 0.42, 0.05},
                    {"supply_stages", -0.002, 0.03, 0.05, 0.02}};
  return indices;
}

TEST_CASE("drivers: three sentences open, then each input has its row", "[years][drivers]") {
  const std::string text = drivers_text(a_difference(), two_drivers(0.01));
  CHECK(text.rfind("supply_stages[fab].yield drives it most: it explains 34 % (+- 6)", 0) == 0);
  CHECK(text.find("takes 52 k H100e; then choice.sensitivity 13 % (+- 5)") != std::string::npos);
  CHECK(text.find("47 %") != std::string::npos);
  CHECK(text.find("choice.sensitivity = 3 (1 .. 5)") != std::string::npos);
}

TEST_CASE("drivers: what chance does as well is claimed of none", "[years][drivers]") {
  const std::string text = drivers_text(a_difference(), two_drivers(0.4));
  CHECK(text.rfind("No input stands out of 1,934", 0) == 0);
  CHECK(text.find("40 times of 100") != std::string::npos);
  CHECK(text.find("drives it most") == std::string::npos);
}

TEST_CASE("drivers: of a design each input is told alone and with others", "[years][drivers]") {
  const std::string text = drivers_text(a_difference(), some_indices());
  CHECK(text.rfind("Of the inputs named choice.sensitivity drives it most: it explains 31 % (+- 4) "
                   "alone and 42 % (+- 5) with others, of how installed_training mainland in 2025, "
                   "b less a scatters over 64 rows of a Saltelli design.\n"
                   "All inputs that are not named explain 20 % (+- 10) alone and 50 % (+- 10) with "
                   "others.\n"
                   "All alone explain 51 % together",
                   0) == 0);
  CHECK(text.find("-0 ") == std::string::npos);
  CHECK(text.find("choice.sensitivity = 3 (1 .. 5)") != std::string::npos);
}

TEST_CASE("drivers: files have whole paths and plain numbers", "[years][drivers]") {
  const std::string csv = to_csv(drivers_table(a_difference(), two_drivers(0.01)));
  CHECK(csv.find("supply_stages[fab].yield,0.34,0.06,-52000,0.01,") != std::string::npos);
  const std::string json = drivers_json(a_difference(), two_drivers(0.01)).text();
  CHECK(json.find("\"schema\": \"chokepoint.drivers/1\"") != std::string::npos);
  CHECK(json.find("\"explained_share\": 0.47") != std::string::npos);
  CHECK(to_csv(drivers_table(a_difference(), some_indices()))
            .find("choice.sensitivity,0.31,0.04,0.42,0.05,") != std::string::npos);
  CHECK(drivers_json(a_difference(), some_indices()).text().find("\"total_share\": 0.42") !=
        std::string::npos);
}

}  // namespace
}  // namespace chokepoint
