#include "tools/zoom/zoom_question.hpp"

#include <catch2/catch.hpp>

#include "tests/day.hpp"

namespace chokepoint {
namespace {

World two_sites() {
  World world;
  world.name = "two";
  world.start = day("2025-01-01");
  world.end = day("2026-01-01");
  Site north, south;
  north.name = "north";
  south.name = "south";
  world.sites = {north, south};
  return world;
}

TEST_CASE("zoom question: a site, a day and a number of days", "[zoom]") {
  REQUIRE(zoom_complaint("north@2025-03-01+7").empty());
  const ZoomQuestion zoom = parse_zoom("north@2025-03-01+7");
  CHECK(zoom.site == "north");
  CHECK(zoom.from == day("2025-03-01"));
  CHECK(zoom.days == 7);
}

TEST_CASE("zoom question: what is none is said", "[zoom]") {
  const std::string example = ", such as horinger@2025-06-01+3";
  CHECK(zoom_complaint("north") == "'north' is no SITE@YYYY-MM-DD+DAYS" + example);
  CHECK(zoom_complaint("north@2025-03-01") ==
        "'north@2025-03-01' is no SITE@YYYY-MM-DD+DAYS" + example);
  CHECK(zoom_complaint("north@2025-02-30+1") == "'2025-02-30' is no day" + example);
  for (const std::string days : {"0", "-3", "367", "99999999999"}) {
    CHECK(zoom_complaint("north@2025-03-01+" + days) ==
          days + " is no number of days from 1 to 366" + example);
  }
}

TEST_CASE("zoom question: the days lie in the run, to its last", "[zoom]") {
  const World world = two_sites();
  const auto asked = site_question({"south", day("2025-12-30"), 2}, world);
  REQUIRE(std::holds_alternative<SiteWindow>(asked));
  CHECK(std::get<SiteWindow>(asked).site == SiteId{1});
  CHECK(std::get<SiteWindow>(asked).from == 363_days);
  CHECK(std::get<SiteWindow>(asked).until == 365_days);
  const auto refused = [&](const ZoomQuestion& zoom) {
    const auto answer = site_question(zoom, world);
    REQUIRE(std::holds_alternative<ZoomRefusal>(answer));
    return std::get<ZoomRefusal>(answer).message;
  };
  CHECK(refused({"south", day("2025-12-30"), 3}) ==
        "3 days from 2025-12-30 on end on 2026-01-02, after the run");
  CHECK(refused({"south", day("2024-12-31"), 3}) == "2024-12-31 is outside of the run");
  CHECK(refused({"south", day("2026-01-01"), 1}) == "2026-01-01 is outside of the run");
}

TEST_CASE("zoom question: a site that is not known gets the nearest name", "[zoom]") {
  const World world = two_sites();
  const auto near = std::get<ZoomRefusal>(site_question({"nort", day("2025-03-01"), 1}, world));
  CHECK(near.message == "no site 'nort' in two");
  CHECK(near.help == "did you mean 'north'?");
  const auto far = std::get<ZoomRefusal>(site_question({"guian", day("2025-03-01"), 1}, world));
  CHECK(far.help == "there are north, south");
}

TEST_CASE("zoom question: where nothing has power there is no study", "[zoom]") {
  const ZoomQuestion zoom{"north", day("2025-03-01"), 1};
  WatchedSite seen;
  REQUIRE(nothing_there(zoom, seen));
  CHECK(nothing_there(zoom, seen)->message == "no node at 'north' has power on 2025-03-01");
  seen.pools.push_back({PoolId{0}, 1, {}});
  CHECK_FALSE(nothing_there(zoom, seen));
}

TEST_CASE("zoom question: a site that lends is not zoomed into", "[zoom]") {
  World world = two_sites();
  Pool pool;
  pool.name = "north/all";
  pool.site = SiteId{0};
  world.pools = {pool};
  InferenceService service;
  service.shares = {{PoolId{0}, 0.5}};
  world.services = {service};
  CHECK(std::holds_alternative<SiteWindow>(site_question(parse_zoom("north@2025-03-01+7"), world)));
  world.services[0].shares[0].lending = LendingTerms{};
  const auto refused = site_question(parse_zoom("north@2025-03-01+7"), world);
  REQUIRE(std::holds_alternative<ZoomRefusal>(refused));
  CHECK(std::holds_alternative<SiteWindow>(site_question(parse_zoom("south@2025-03-01+7"), world)));
}

}  // namespace
}  // namespace chokepoint
