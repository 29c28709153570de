#include "sim/zoom/zoomed_site.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/engine/small_world.hpp"

namespace chokepoint {
namespace {

// Four nodes of 10 kW at one site of PUE 1.25 that idles at a fifth, for two days.
World idle_site() {
  World world = small_world();
  world.sites.resize(1);
  world.orders.clear();
  world.end = world.start + std::chrono::days{2};
  world.stocks = {small_stock(32)};
  return world;
}

TEST_CASE("zoomed site: idle nodes draw the idle share", "[zoom][site]") {
  const PlayedSite site = play_site(idle_site());
  CHECK(site.energy.value == Approx(1.25 * 4 * 10e3 * 0.2 * 2 * 86'400));
  CHECK(site.served == Tokens{});
  CHECK(site.trained == Tokens{});
}

TEST_CASE("zoomed site: nodes that train draw all of it, for as long as they do", "[zoom][site]") {
  World world = idle_site();
  world.training_jobs = {small_job(16'000.0 * 86'400, 16)};  // A day of two nodes.
  const PlayedSite site = play_site(world);
  const double node_days = 4 * 2 * 0.2 + 2 * 1 * 0.8;
  CHECK(site.energy.value == Approx(1.25 * 10e3 * 86'400 * node_days));
  CHECK(site.trained.value == Approx(16'000.0 * 86'400));
}

TEST_CASE("zoomed site: power goes to pools in their order, as far as the cap goes",
          "[zoom][site]") {
  World world = idle_site();
  ChipStock other = small_stock(80);
  other.pool = kDomesticPool;
  world.stocks.push_back(other);
  CHECK(powered_at_start(world) == std::vector<NodeCount>{4, 10});
  world.sites[0].power_cap.value = Watts{6.5 * 1.25 * 10e3};
  CHECK(powered_at_start(world) == std::vector<NodeCount>{4, 2});
  world.sites[0].power_cap.value = Watts{2.5 * 1.25 * 10e3};
  CHECK(powered_at_start(world) == std::vector<NodeCount>{2, 0});
}

}  // namespace
}  // namespace chokepoint
