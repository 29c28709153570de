#include "sim/engine/kernel/activities.hpp"

#include <catch2/catch.hpp>
#include <simgrid/s4u/Engine.hpp>

#include "sim/engine/kernel/configure_simgrid.hpp"
#include "tests/sim/engine/in_child.hpp"
#include "tests/sim/engine/small_world.hpp"

namespace chokepoint {
namespace {

using Body = std::function<void(Agenda&, Activities&, std::vector<double>&)>;

/// Dates that `body` notes when it runs at the start of a world of three jobs for one pool.
std::vector<double> dates(const Body& body) {
  return in_child<double>([&body] {
    World world = small_world();
    TrainingJob job;
    job.pools = {kForeignPool};
    world.training_jobs.assign(3, job);
    const auto engine = configure_simgrid();
    const Platform platform(world);
    Agenda agenda(world.horizon());
    Activities activities(agenda, platform);
    std::vector<double> seen;
    agenda.at(0_s, Phase::Job, [&] { body(agenda, activities, seen); });
    agenda.run(*engine);
    return seen;
  });
}

TEST_CASE("activities: gangs on one pool do not slow each other", "[engine][activities]") {
  const auto seen = dates([](Agenda& agenda, Activities& activities, auto& noted) {
    for (const Seconds duration : {3_hours, 1_hours, 2_hours}) {
      activities.work(kForeignPool, 0, duration, [&] { noted.push_back(agenda.now().value); });
    }
  });
  REQUIRE(seen.size() == 3);
  CHECK(seen[0] == Approx(3'600.0).epsilon(1e-9));
  CHECK(seen[1] == Approx(7'200.0).epsilon(1e-9));
  CHECK(seen[2] == Approx(10'800.0).epsilon(1e-9));
}

TEST_CASE("activities: of those that end together the first begun comes first",
          "[engine][activities]") {
  const auto seen = dates([](Agenda&, Activities& activities, auto& noted) {
    for (const double number : {1.0, 2.0, 3.0}) {
      activities.work(kForeignPool, 0, 1_days, [&noted, number] { noted.push_back(number); });
    }
  });
  CHECK(seen == std::vector<double>{1.0, 2.0, 3.0});
}

TEST_CASE("activities: segments in a chain do not drift from their dates", "[engine][activities]") {
  const auto seen = dates([](Agenda& agenda, Activities& activities, auto& noted) {
    static std::function<void()> next;
    next = [&] {
      noted.push_back(agenda.now().value);
      activities.work(kForeignPool, 0, 1_days, next);
    };
    next();
  });
  REQUIRE(seen.size() == 365);
  CHECK(std::abs(seen.back() - 364 * 86'400.0) < 1e-6);
}

TEST_CASE("activities: the shortest lasts a millisecond", "[engine][activities]") {
  const auto seen = dates([](Agenda& agenda, Activities& activities, auto& noted) {
    activities.work(kForeignPool, 0, Seconds{1e-12}, [&] { noted.push_back(agenda.now().value); });
  });
  REQUIRE(seen.size() == 1);
  CHECK(seen[0] == Approx(1e-3));
}

}  // namespace
}  // namespace chokepoint
