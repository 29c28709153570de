#include "sim/engine/kernel/activities.hpp"

#include <catch2/catch.hpp>
#include <simgrid/s4u/Engine.hpp>

#include "sim/engine/kernel/configure_simgrid.hpp"
#include "tests/sim/engine/in_child.hpp"
#include "tests/sim/engine/interrupted_world.hpp"

namespace chokepoint {
namespace {

using Body = std::function<void(Agenda&, Activities&, std::vector<double>&)>;

/// Dates that `body` notes when it runs at the start of a world of three jobs for one pool.
std::vector<double> dates(const Body& body) {
  return in_child<double>([&body] {
    World world = small_world();
    TrainingJob job;
    job.pools = {kForeignPool};
    job.devices = 32;
    world.training_jobs.assign(3, job);
    world.reliabilities = {engine_reliability(1_hours, 4)};
    world.recoveries = {engine_recovery()};
    world.interrupted_jobs = InterruptedJobs{};
    world.recoveries[0].storage_per_node.value = BytesPerSecond{0.2e9};
    world.sites[0].storage = Sourced<BytesPerSecond>{BytesPerSecond{1e9}, {}};
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

TEST_CASE("activities: what is cancelled calls nobody and leaves its host to others",
          "[engine][activities]") {
  const auto seen = dates([](Agenda& agenda, Activities& activities, auto& noted) {
    const auto note = [&] { noted.push_back(agenda.now().value); };
    static Activities::Ticket first;
    first = activities.work(kForeignPool, 0, 3_hours, [&] { noted.push_back(-1); });
    activities.work(kForeignPool, 0, 2_hours, note);
    agenda.at(1_hours, Phase::Job, [&activities, note] {
      activities.cancel(first);
      activities.cancel(first);
      activities.work(kForeignPool, 0, Seconds{1'800}, note);
    });
    agenda.at(4_hours, Phase::Job, [&activities] { activities.cancel(first); });
  });
  REQUIRE(seen.size() == 2);
  CHECK(seen[0] == Approx(5'400.0).epsilon(1e-9));
  CHECK(seen[1] == Approx(7'200.0).epsilon(1e-9));
}

TEST_CASE("activities: one that is cancelled on the date of its end calls nobody",
          "[engine][activities]") {
  const auto seen = dates([](Agenda& agenda, Activities& activities, auto& noted) {
    static Activities::Ticket first;
    first = activities.work(kForeignPool, 0, 1_hours, [&] { noted.push_back(-1); });
    agenda.at(1_hours, Phase::Job, [&activities] { activities.cancel(first); });
    activities.work(kForeignPool, 0, 1_hours, [&] { noted.push_back(agenda.now().value); });
  });
  CHECK(seen == std::vector<double>{3'600.0});
}

// The line has 1 GB/s each way, and a gang of four nodes writes 0.8.
TEST_CASE("activities: flows of one direction share the storage of their site",
          "[engine][activities]") {
  const auto seen = dates([](Agenda& agenda, Activities& activities, auto& noted) {
    const auto note = [&] { noted.push_back(agenda.now().value); };
    const auto write = StorageUse::Write;
    // 5 GB at 0.5 each, then the second alone at no more than 0.8.
    activities.store(JobId{0}, kForeignPool, write, Bytes{5e9}, note);
    activities.store(JobId{1}, kForeignPool, write, Bytes{9e9}, note);
    activities.store(JobId{2}, kForeignPool, StorageUse::Read, Bytes{24e9}, note);
  });
  REQUIRE(seen.size() == 3);
  CHECK(seen[0] == Approx(10.0).epsilon(1e-4));
  CHECK(seen[1] == Approx(15.0).epsilon(1e-4));
  CHECK(seen[2] == Approx(30.0).epsilon(1e-4));
}

TEST_CASE("activities: a flow that is cancelled leaves its share to the others",
          "[engine][activities]") {
  const auto seen = dates([](Agenda& agenda, Activities& activities, auto& noted) {
    const auto write = StorageUse::Write;
    static Activities::Ticket first;
    first =
        activities.store(JobId{0}, kForeignPool, write, Bytes{50e9}, [&] { noted.push_back(-1); });
    activities.store(JobId{1}, kForeignPool, write, Bytes{9e9},
                     [&] { noted.push_back(agenda.now().value); });
    agenda.at(Seconds{10}, Phase::Job, [&activities] { activities.cancel(first); });
  });
  REQUIRE(seen.size() == 1);
  CHECK(seen[0] == Approx(15.0).epsilon(1e-4));
}

}  // namespace
}  // namespace chokepoint
