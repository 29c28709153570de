#include "sim/engine/kernel/platform.hpp"

#include <catch2/catch.hpp>
#include <simgrid/s4u/Engine.hpp>
#include <simgrid/s4u/Host.hpp>
#include <simgrid/s4u/Link.hpp>
#include <stdexcept>
#include <string>

#include "sim/engine/kernel/configure_simgrid.hpp"
#include "tests/sim/engine/in_child.hpp"
#include "tests/sim/engine/small_world.hpp"

namespace chokepoint {
namespace {

/// Latency of the route between the fronts of two sites, and links on it beside the sites' own.
std::vector<double> route(const World& world, SiteId from, SiteId to) {
  return in_child<double>([&] {
    const auto engine = configure_simgrid();
    const Platform platform(world);
    std::vector<simgrid::s4u::Link*> links;
    double latency = 0.0;
    platform.front_of(from)->route_to(platform.front_of(to), links, &latency);
    return std::vector<double>{latency, static_cast<double>(links.size()) - 2.0};
  });
}

TEST_CASE("platform: sites are joined along the routes of least latency", "[engine][platform]") {
  World world = small_world();
  CHECK(route(world, kSite, kBackup)[0] == Approx(0.002));
  CHECK(route(world, kSite, kBackup)[1] == 2.0);

  LinkSpec direct = world.links[0];
  direct.b = PlaceId{kBackup.value};
  direct.latency.value = Seconds{1.5e-3};
  world.links.push_back(direct);
  CHECK(route(world, kBackup, kSite)[0] == Approx(0.0015));
  CHECK(route(world, kBackup, kSite)[1] == 1.0);
}

TEST_CASE("platform: a checkpoint without a route is refused before the run",
          "[engine][platform]") {
  World world = small_world();
  world.training_jobs = {small_job(1e9, 8)};
  world.training_jobs[0].checkpoint_copy = kBackup;
  world.links.pop_back();
  const auto message = in_child<char>([&world] {
    const auto engine = configure_simgrid();
    try {
      const Platform platform(world);
    } catch (const std::runtime_error& error) {
      const std::string text = error.what();
      return std::vector<char>(text.begin(), text.end());
    }
    return std::vector<char>{};
  });
  CHECK(std::string(message.begin(), message.end()) ==
        "training job 'job': no route for its checkpoints from 'site' to 'backup'");
}

TEST_CASE("platform: a host per gang that may compute in a pool", "[engine][platform]") {
  World world = small_world();
  world.stocks = {small_stock(1e9)};
  world.training_jobs = {small_job(1e9, 8), small_job(1e9, 8), small_job(1e9, 8)};
  for (TrainingJob& job : world.training_jobs) job.pools = {kForeignPool};
  world.training_jobs[2].pools = {kDomesticPool};
  CHECK(most_gangs(world, kForeignPool) == 2);
  CHECK(most_gangs(world, kDomesticPool) == 1);

  const auto hosts = [](const World& of) {
    return in_child<double>([&of] {
      const auto engine = configure_simgrid();
      const Platform platform(of);
      return std::vector<double>{static_cast<double>(engine->get_host_count())};
    })[0];
  };
  CHECK(hosts(world) == 2 + 2);  // Two fronts, two pools.
  world.pools[0].host_scale = Pool::HostScale::OnePerNode;
  CHECK(hosts(world) == 2 + 2 + 1);
  world.training_jobs.clear();
  CHECK(hosts(world) == 2 + 1 + 1);  // Never none: nodes that are bought may come later.
}

}  // namespace
}  // namespace chokepoint
