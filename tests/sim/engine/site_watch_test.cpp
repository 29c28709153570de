#include "sim/engine/site_watch.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/engine/in_child.hpp"
#include "tests/sim/engine/small_world.hpp"

namespace chokepoint {
namespace {

WatchedSite watched(const World& world, Seconds from, Seconds until, SiteId site = kSite) {
  SiteWatch watch({site, from, until});
  MemorySink sink;
  run(world, sink, {}, &watch);
  return watch.seen();
}

// Four nodes, of which half serve.
World watched_world() {
  World world = small_world();
  world.orders.clear();
  world.stocks = {small_stock(32)};
  InferenceService service;
  service.name = "service";
  service.transformer = TransformerId{0};
  service.request = {Tokens{1'000.0}, Tokens{500.0}, {Seconds{0.05}, {}}};
  service.demand.value = TokensPerSecond{10.0};
  service.growth_per_year.value = 1.0;
  service.shares = {{kForeignPool, 0.5}};
  world.services = {service};
  world.pools[0].serving_share = 0.5;
  world.training_jobs = {small_job(8'000.0 * 86'400 * 5, 8)};
  return world;
}

TEST_CASE("site watch: it sees what has power and what trains", "[engine][watch]") {
  const WatchedSite seen = watched(watched_world(), 2_days, 4_days);
  REQUIRE(seen.pools.size() == 1);
  CHECK(seen.pools[0].powered_nodes == 4);
  CHECK(seen.pools[0].speeds == std::array<double, kWorkKinds>{1.0, 1.0, 1.0});
  CHECK(seen.powered_at_end == 4);
  REQUIRE(seen.jobs.size() == 1);
  CHECK(*seen.jobs[0].pool == kForeignPool);
  CHECK(seen.jobs[0].left.value == Approx(8'000.0 * 86'400 * 3));
  CHECK(seen.jobs[0].trained.value == Approx(8'000.0 * 86'400 * 2));
}

TEST_CASE("site watch: what is served is asked in windows that are cut at its ends",
          "[engine][watch]") {
  const WatchedSite seen = watched(watched_world(), 36_hours, 84_hours);
  REQUIRE(seen.services.size() == 1);
  const WatchedService& service = seen.services[0];
  REQUIRE(service.windows.size() == 3);
  CHECK(service.windows[0] == DemandWindow{12_hours, Tokens{10.0 * 12 * 3600}});
  CHECK(service.windows[1].length == 24_hours);
  CHECK(service.windows[2].length == 12_hours);
  CHECK(service.served.demand.value == Approx(10.0 * 48 * 3600));
  CHECK(service.served.served == service.served.demand);
}

TEST_CASE("site watch: a job that comes while it goes on is seen with when it came",
          "[engine][watch]") {
  World world = watched_world();
  world.training_jobs.push_back(small_job(1e12, 8));
  world.training_jobs[1].submitted = Moment(day("2025-01-04"));
  const WatchedSite seen = watched(world, 2_days, 5_days);
  REQUIRE(seen.jobs.size() == 2);
  CHECK_FALSE(seen.jobs[1].pool);
  CHECK(seen.jobs[1].submitted == 1_days);
  CHECK(seen.jobs[1].trained.value == Approx(8'000.0 * 86'400 * 2));
}

TEST_CASE("site watch: it may last to the end of the run", "[engine][watch]") {
  const World world = watched_world();
  const WatchedSite seen = watched(world, 364_days, 365_days);
  CHECK(seen.services[0].served.served.value == Approx(10.0 * 86'400));
  CHECK(seen.energy > Joules{});
}

TEST_CASE("site watch: where nothing stands it sees nothing", "[engine][watch]") {
  const WatchedSite seen = watched(watched_world(), 2_days, 4_days, kBackup);
  CHECK(seen.powered_nodes() == 0);
  CHECK(seen.jobs.empty());
  CHECK(seen.services.empty());
  CHECK(seen.energy == Joules{});
}

TEST_CASE("site watch: a run that is looked at records the same facts", "[engine][watch]") {
  const World world = watched_world();
  const auto count = [&](bool watches) {
    return in_child<double>([&] {
      MemorySink sink;
      SiteWatch watch({kSite, 2_days, 4_days});
      run(world, sink, {}, watches ? &watch : nullptr);
      double sum = 0;
      for (const auto& window : only<WindowServed>(sink.events)) sum += window.served.value;
      return std::vector<double>{static_cast<double>(sink.events.size()), sum};
    });
  };
  CHECK(count(true) == count(false));
}

}  // namespace
}  // namespace chokepoint
