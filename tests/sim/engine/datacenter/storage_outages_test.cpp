#include "sim/engine/datacenter/storage_outages.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "tests/sim/engine/interrupted_world.hpp"
#include "tests/sim/engine/told_run.hpp"

namespace chokepoint {
namespace {

/// A job of `hours` that hardly ever stops, on a site whose storage is away for `away` every so
/// often.
World storage_world(double hours, Seconds every, Seconds away) {
  World world = interrupted_world(hours, 0);
  ReliabilitySpec& spec = world.reliabilities[0];
  spec.modes[0].each.value = PerSecond{1e-15};
  FailureMode storage;
  storage.name = "storage";
  storage.scope = FailureScope::Storage;
  storage.each.value = PerSecond{1 / every.value};
  spec.modes.push_back(storage);
  spec.storage_repair = Sourced<Seconds>{away, {}};
  return world;
}

bool is_away_at(const std::map<double, double>& outages, double time) {
  const auto after = outages.upper_bound(time);
  if (after == outages.begin()) return false;
  return time < std::prev(after)->second;
}

std::map<double, double> outages_of(const std::vector<TraceEvent>& facts) {
  std::map<double, double> outages;
  for (const TraceEvent& event : facts) {
    if (const auto* failed = std::get_if<StorageFailed>(&event)) {
      outages[failed->time.value] = 1e300;
    } else if (const auto* back = std::get_if<StorageReturned>(&event)) {
      std::prev(outages.end())->second = back->time.value;
    }
  }
  return outages;
}

// It stops nobody; a write begins anew after each outage, of which each makes the run no more than
// its length and that of a write longer.
TEST_CASE("storage: while it is away nothing is written or read, and no run stops",
          "[engine][storage]") {
  CHECK(rc::check([] {
    const double away = *rc::gen::element(300.0, 3'600.0, 20'000.0);
    World world = storage_world(100, 10_hours, Seconds{away});
    world.seed = *rc::gen::inRange<std::uint64_t>(1, 1'000'000);
    const auto mode = *rc::gen::element(CheckpointMode::Blocking, CheckpointMode::Asynchronous);
    world.interrupted_jobs->checkpoint_mode = mode;
    if (*rc::gen::element(false, true)) {
      world.sites[0].storage = Sourced<BytesPerSecond>{BytesPerSecond{0.5e9}, {}};
    }
    World never = world;
    never.reliabilities[0].modes.pop_back();
    const ToldRun without = told_of(never);
    const auto facts = facts_of(world);
    const auto outages = outages_of(facts);
    const ToldRun told = told_of(facts, JobId{0});
    RC_ASSERT(told.interruptions.empty());
    RC_ASSERT(told.finished >= without.finished - 1e-3);
    double all = 0;
    for (const auto& [from, until] : outages) {
      if (from < told.finished) all += std::min(until, told.finished) - from + 28;
    }
    RC_ASSERT(told.finished <= without.finished + all + 1e-3);
    RC_ASSERT(told.saved == without.saved);
    for (const auto& saved : only<RunSaved>(facts)) {
      RC_ASSERT(!is_away_at(outages, saved.time.value));
    }
    for (const auto& phase : only<RunPhaseEnded>(facts)) {
      if (phase.phase == RunPhase::Restart) RC_ASSERT(!is_away_at(outages, phase.time.value));
    }
  }));
}

// An outage of all the year but its first hours: a copy in memory lets it train one interval more.
TEST_CASE("storage: a run trains on until it has to save", "[engine][storage]") {
  World world = storage_world(400, 5_hours, Seconds{1e12});
  for (world.seed = 1; world.seed <= 5; ++world.seed) {
    world.interrupted_jobs->checkpoint_mode = CheckpointMode::Asynchronous;
    const auto facts = facts_of(world);
    const double failed = only<StorageFailed>(facts).at(0).time.value;
    const double blocked = [&] {
      world.interrupted_jobs->checkpoint_mode = CheckpointMode::Blocking;
      return of(told_of(facts_of(world), JobId{0}), RunPhase::Train);
    }();
    const double trained = [&] {
      double all = 0, began = 0;
      for (const TraceEvent& event : facts) {
        if (const auto* b = std::get_if<RunPhaseBegan>(&event)) began = b->time.value;
        if (const auto* e = std::get_if<RunPhaseEnded>(&event)) {
          if (e->phase == RunPhase::Train) all += e->time.value - began;
        }
      }
      return all;
    }();
    CHECK(blocked <= failed + 3'600);
    CHECK(trained <= failed + 2 * 3'600);
    CHECK(trained > blocked);
  }
}

// A job that never ends: of n outages the mean is off by a share of 1 / sqrt(n), five of these.
TEST_CASE("storage: it fails as often and for as long as its figures say", "[engine][storage]") {
  double outages = 0, away = 0;
  World world = storage_world(1e6, 90_hours, 10_hours);
  for (world.seed = 1; world.seed <= 10; ++world.seed) {
    for (const auto& [from, until] : outages_of(facts_of(world))) {
      if (until > 1e200) continue;
      ++outages;
      away += until - from;
    }
  }
  CHECK(outages == Approx(10 * 365 * 24 / 100.0).epsilon(5 / std::sqrt(outages)));
  CHECK(away / outages == Approx(36'000.0).epsilon(5 / std::sqrt(outages)));
}

TEST_CASE("storage: where nothing trains it does not fail", "[engine][storage]") {
  World world = storage_world(100, 5_hours, 1_hours);
  CHECK(only<StorageFailed>(facts_of(world)).size() > 10);
  world.training_jobs.clear();
  CHECK(only<StorageFailed>(facts_of(world)).empty());
}

TEST_CASE("storage: with modes that never come facts are those without", "[engine][storage]") {
  World world = storage_world(100, 5_hours, 1_hours);
  world.reliabilities[0].modes[0].each.value = PerSecond{1e-5};
  world.reliabilities[0].modes[1].each.value = PerSecond{};
  const auto with = facts_of(world);
  world.reliabilities[0].modes.pop_back();
  CHECK(with == facts_of(world));
}

}  // namespace
}  // namespace chokepoint
