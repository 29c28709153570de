#include "sim/scenario/chapters/chapters.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/scenario/small_world.hpp"

namespace chokepoint {
namespace {

std::string diversion(const std::string& routes) {
  return "diversion { enabled: true " + figure("hazard_per_month", "0.1") +
         figure("premium", "0.5") + figure("reference_premium", "0.4") + figure("elasticity", "2") +
         figure("seizure_probability", "0.05") + figure("delay_days", "60") + routes + "} ";
}

std::string route() {
  return "routes { name: \"strait\" country: \"SG\" " + figure("units_per_month", "3000") + "} ";
}

std::string renting() {
  return "renting { enabled: true " + figure("share", "0.3") + figure("delay_days", "90") +
         "offshore { name: \"johor\" country: \"MY\" device: \"west_gpu\" from: \"2025-02-01\" " +
         figure("units", "60000") + "} } ";
}

std::string with(const std::string& ways) {
  return small_but("market { ", "market { " + ways);
}

TEST_CASE("read_evasion: off where it is not written, or not switched on", "[scenario][read]") {
  CHECK_FALSE(small_world().market.diversion.enabled);
  CHECK_FALSE(small_world().market.renting.enabled);
  std::string text = with(diversion(route()));
  text.replace(text.find("enabled: true"), 13, "");
  const auto result = read_text(text);
  REQUIRE(result.world);
  CHECK_FALSE(result.world->market.diversion.enabled);
}

TEST_CASE("read_evasion: figures in base units", "[scenario][read]") {
  const auto result = read_text(with(diversion(route()) + renting()));
  for (const auto& error : result.errors) UNSCOPED_INFO(error);
  REQUIRE(result.world);
  const Diversion& diversion = result.world->market.diversion;
  CHECK(diversion.enabled);
  CHECK(diversion.hazard.value == 0.1);
  CHECK(diversion.premium.value == 0.5);
  CHECK(diversion.reference_premium.value == 0.4);
  CHECK(diversion.elasticity.value == 2.0);
  CHECK(diversion.seizure_probability.value == 0.05);
  CHECK(diversion.delay.value == 60_days);
  REQUIRE(diversion.routes.size() == 1);
  CHECK(diversion.routes[0].country == Country("SG"));
  CHECK(diversion.routes[0].capacity.value == 3000.0);
  const Renting& renting = result.world->market.renting;
  CHECK(renting.enabled);
  CHECK(renting.share.value == 0.3);
  CHECK(renting.delay.value == 90_days);
  REQUIRE(renting.offshore.size() == 1);
  CHECK(renting.offshore[0].device == DeviceId{0});
  CHECK(renting.offshore[0].units.value == 60'000.0);
  CHECK(format_date(renting.offshore[0].from) == "2025-02-01");
}

TEST_CASE("read_evasion: errors name what is missing", "[scenario][read]") {
  CHECK(only_error(with(diversion(""))) ==
        "diversion without routes | name the countries through which chips go on: routes { ... }");
  std::string text = with(renting());
  text.replace(text.find("device: \"west_gpu\" from"), 18, "device: \"east_gpu\"");
  CHECK(only_error(text).find("no device 'east_gpu' in the scenario") == 0);
  text = with(diversion(route()));
  text.replace(text.find(figure("premium", "0.5")), figure("premium", "0.5").size(), "");
  CHECK(only_error(text) ==
        "premium is missing | write premium { value: ... source: \"...\" confidence: ... }");
}

}  // namespace
}  // namespace chokepoint
