#include "tools/zoom/zoomed_run.hpp"

#include <catch2/catch.hpp>

#include "tests/day.hpp"
#include "tests/sim/zoom/small_site.hpp"

namespace chokepoint {
namespace {

TEST_CASE("zoomed run: the study is a scenario, and its figures agree", "[zoom]") {
  const Composed composed = composed_site({});
  const World world = site_world(composed);
  const WatchedSite seen = watched(world, 10, 1);
  const ZoomQuestion asked{"pod", day("2025-01-11"), 1};
  const auto one = zoomed_run(composed, world, seen, asked);
  REQUIRE(std::holds_alternative<FinishedZoom>(one));
  const auto& zoom = std::get<FinishedZoom>(one);
  CHECK(study_world(zoom.study).name == "small-pod");
  CHECK(zoom.text.find("Both ways agree within 5 %") != std::string::npos);
  REQUIRE(zoom.tables.size() == 3);
  CHECK(zoom.tables[0].name() == "zoom");
  const auto again = zoomed_run(composed, world, seen, asked);
  CHECK(std::get<FinishedZoom>(again).text == zoom.text);
  CHECK(std::get<FinishedZoom>(again).study == zoom.study);
}

TEST_CASE("zoomed run: a site without power is refused", "[zoom]") {
  const Composed composed = composed_site({});
  const World world = site_world(composed);
  const auto refused = zoomed_run(composed, world, WatchedSite{}, {"pod", day("2025-01-11"), 1});
  REQUIRE(std::holds_alternative<ZoomRefusal>(refused));
}

}  // namespace
}  // namespace chokepoint
