#include "sim/engine/datacenter/remote_use.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/engine/interrupted_world.hpp"
#include "tests/sim/engine/lending_world.hpp"

namespace chokepoint {
namespace {

const Country kMy{"MY"};

/// Use of the foreign device from afar by who sits in CN.
Rule access_rule(std::string_view effective, double admitted) {
  Rule rule = rule_on_foreign(kUs, effective, admitted);
  rule.categories = 1U << static_cast<unsigned>(Category::RemoteAccess);
  rule.reaches_abroad = true;
  return rule;
}

/// Ten days of a service at half load and a gang on two of eight nodes, all in MY, for an owner in
/// CN, in windows of a day and a half.
World world_abroad() {
  LendingCase one;
  one.nodes = 8;
  one.of_service = 4;
  one.hours = 36.0;
  one.demand = {0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5};
  one.gangs = {2};
  one.days_of_work = 100.0;
  World world = reserving_world(one, full_rate(one));
  world.sites[0].country = kMy;
  return world;
}

constexpr double kDay = 86'400.0;

TEST_CASE("remote use: a site abroad that a rule closes stops jobs and services on its day",
          "[engine][policy]") {
  World world = world_abroad();
  const auto open = facts_of(world);
  CHECK(only<JobShutOut>(open).empty());
  world.regime.rules = {access_rule("2025-01-05", 0.0)};
  const auto closed = facts_of(world);

  const auto out = only<JobShutOut>(closed);
  REQUIRE(out.size() == 1);
  CHECK(out[0].time == Seconds{4 * kDay});
  CHECK(out[0].lost == Tokens{});
  CHECK(trained(closed, 1)[0] == Approx(4 * kDay * 16'000.0));

  // The third window lasts from day 3 to day 4.5.
  const auto windows = only<WindowServed>(closed);
  const auto before = only<WindowServed>(open);
  REQUIRE(windows.size() == before.size());
  for (std::size_t i : {0U, 1U}) CHECK(windows[i] == before[i]);
  CHECK(windows[2].served.value == Approx(before[2].served.value * 2 / 3));
  CHECK(windows[2].unmet.value == Approx(before[2].demand.value / 3));
  for (std::size_t i = 3; i < windows.size(); ++i) CHECK(windows[i].served == Tokens{});

  SECTION("and starts again when the rule ends") {
    world.regime.rules[0].validity.ended = day("2025-01-07");
    const auto again = facts_of(world);
    CHECK(trained(again, 1)[0] == Approx((10.5 - 2) * kDay * 16'000.0));
    CHECK(only<WindowServed>(again)[5] == before[5]);
  }
}

TEST_CASE("remote use: owners at home in the country, and sites there, are not touched",
          "[engine][policy]") {
  World world = world_abroad();
  const auto open = facts_of(world);
  world.regime.rules = {access_rule("2025-01-05", 0.0)};
  world.sites[0].country = kCn;
  CHECK(only<WindowServed>(facts_of(world)) == only<WindowServed>(open));
  world.sites[0].country = kMy;
  world.services[0].owner = world.training_jobs[0].owner = kForeignVendor;  // Sits in US.
  CHECK(only<WindowServed>(facts_of(world)) == only<WindowServed>(open));
  CHECK(only<JobShutOut>(facts_of(world)).empty());
}

TEST_CASE("remote use: a service keeps the share that a rule lets through, and jobs go on",
          "[engine][policy]") {
  World world = world_abroad();
  const auto open = only<WindowServed>(facts_of(world));
  world.regime.rules = {access_rule("2025-01-01", 0.5)};
  const auto half = facts_of(world);
  CHECK(only<JobShutOut>(half).empty());
  CHECK(only<WindowServed>(half)[0].capacity.value == Approx(open[0].capacity.value / 2));
}

TEST_CASE("remote use: a job that is shut out holds up nobody else", "[engine][policy]") {
  World world = world_abroad();
  world.regime.rules = {access_rule("2025-01-05", 0.0)};
  TrainingJob later = world.training_jobs[0];
  later.name = "later";
  later.owner = kForeignVendor;
  later.submitted = day("2025-01-06");
  world.training_jobs.push_back(later);
  const auto placed = only<JobPlaced>(facts_of(world));
  REQUIRE(placed.size() == 2);
  CHECK(placed[1].job == JobId{1});
  CHECK(placed[1].time == Seconds{5 * kDay});
}

TEST_CASE("remote use: a job that failures stop is shut out as well and loses no node",
          "[engine][policy]") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    World world = interrupted_world(2'000, 1);
    world.seed = seed;
    world.sites[0].country = kMy;
    world.training_jobs[0].owner = kBuyer;
    world.reliabilities[0].modes[0].broken_share.value = 0.9;
    Rule rule = access_rule("2025-01-05", 0.0);
    rule.validity.ended = day("2025-01-09");
    world.regime.rules = {rule};
    const auto facts = facts_of(world);
    const auto out = only<JobShutOut>(facts);
    REQUIRE(out.size() == 1);
    // Repairs take half a day: by then all five nodes are back, and four are taken again.
    const auto placed = only<JobPlaced>(facts);
    REQUIRE(placed.size() == 2);
    CHECK(placed[1].time >= Seconds{8 * kDay});
    CHECK(placed[1].time < Seconds{12 * kDay});
    for (const auto& stopped : only<RunInterrupted>(facts)) {
      CHECK((stopped.time < out[0].time || stopped.time >= placed[1].time));
    }
  }
}

TEST_CASE("policy in a cluster study: a delivery that is refused leaves its job waiting",
          "[engine][policy]") {
  World world = small_world();
  world.training_jobs = {small_job(1e9, 64)};
  REQUIRE(only<JobPlaced>(facts_of(world)).size() == 1);
  world.regime.rules = {ban(kUs, "2025-01-10")};
  const auto facts = facts_of(world);
  CHECK(only<JobPlaced>(facts).empty());
  CHECK(only<JobUnfinished>(facts).size() == 1);
}

}  // namespace
}  // namespace chokepoint
