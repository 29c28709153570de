#include "sim/engine/datacenter/lent_share.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "tests/sim/engine/interrupted_world.hpp"
#include "tests/sim/engine/lending_world.hpp"

namespace chokepoint {
namespace {

/// Twelve nodes serve and some train; each runs through a day or more of windows.
LendingCase any_case() {
  LendingCase one;
  one.nodes = 12 + *rc::gen::inRange(2, 13);
  one.hours = *rc::gen::element(0.5, 1.0, 3.0);
  const int windows = *rc::gen::inRange(4, 30);
  for (int i = 0; i < windows; ++i) one.demand.push_back(*rc::gen::inRange(0, 13) / 12.0);
  const int jobs = *rc::gen::inRange(1, 6);
  for (int i = 0; i < jobs; ++i) one.gangs.push_back(*rc::gen::inRange(1, 9));
  one.days_of_work = *rc::gen::element(0.05, 0.3, 5.0);
  one.spare = *rc::gen::element(0.0, 0.1, 0.5);
  one.minutes = *rc::gen::element(0.0, 5.0, 45.0, 200.0);
  one.checkpoint_gb_s = *rc::gen::element(1e-4, 1e3);
  return one;
}

/// Nodes that gangs hold, by the dates at which that changes.
std::map<double, int> changes_of_busy(const std::vector<TraceEvent>& facts) {
  std::map<double, int> changes;
  std::map<std::uint32_t, int> held;
  for (const TraceEvent& event : facts) {
    if (const auto* placed = std::get_if<JobPlaced>(&event)) {
      held[placed->job.value] = placed->nodes;
      changes[placed->time.value] += placed->nodes;
    } else if (const auto* ended = std::get_if<JobFinished>(&event)) {
      changes[ended->time.value] -= std::exchange(held[ended->job.value], 0);
    } else if (const auto* back = std::get_if<JobTakenBack>(&event)) {
      changes[back->time.value] -= std::exchange(held[back->job.value], 0);
    }
  }
  return changes;
}

/// Seconds of nodes that gangs held from a date to another.
double busy_between(const std::map<double, int>& changes, double from, double until) {
  double sum = 0.0, last = from;
  int busy = 0;
  for (const auto& [date, change] : changes) {
    const double here = std::clamp(date, from, until);
    sum += busy * (here - last);
    last = here;
    busy += change;
  }
  return sum + busy * (until - last);
}

// A node serves full_rate / 12 at most. What windows could have served and what gangs held was done
// by nodes that are there once.
TEST_CASE("lending: no node is given twice, and what serves and trains has power",
          "[engine][lending]") {
  CHECK(rc::check([] {
    const LendingCase one = any_case();
    const double rate = full_rate(one);
    const auto facts = facts_of(lending_world(one, rate));
    const auto changes = changes_of_busy(facts);
    int busy = 0;
    for (const auto& [date, change] : changes) {
      busy += change;
      RC_ASSERT(busy >= 0 && busy <= one.nodes);
    }
    for (const auto& window : only<WindowServed>(facts)) {
      const double end = window.time.value, begin = end - window.length.value;
      const double serving = window.capacity.value / (rate / one.of_service);
      const double all = one.nodes * window.length.value;
      RC_ASSERT(serving + busy_between(changes, begin, end) <= all * (1 + 1e-9));
    }
  }));
}

TEST_CASE("lending: no job has trained less at the end than beside a reserved share",
          "[engine][lending]") {
  CHECK(rc::check([] {
    const LendingCase one = any_case();
    const double rate = full_rate(one);
    const auto lent = trained(facts_of(lending_world(one, rate)), one.gangs.size());
    const auto reserved = trained(facts_of(reserving_world(one, rate)), one.gangs.size());
    for (std::size_t job = 0; job < lent.size(); ++job) {
      RC_ASSERT(lent[job] >= reserved[job] * (1 - 1e-9) - 1.0);
    }
  }));
}

TEST_CASE("lending: with no delay it loses no token served", "[engine][lending]") {
  CHECK(rc::check([] {
    LendingCase one = any_case();
    one.minutes = 0.0;
    const double rate = full_rate(one);
    const auto lent = facts_of(lending_world(one, rate));
    const auto reserved = facts_of(reserving_world(one, rate));
    RC_ASSERT(served(lent) >= served(reserved) * (1 - 1e-9));
    RC_ASSERT(last_of(lent, Counter::UnmetInReturn) == 0.0);
  }));
}

// A rise by k twelfths of the demand needs k nodes more, and one for rounding.
TEST_CASE("lending: with as much to spare as demand rises it loses no token, whatever the delay",
          "[engine][lending]") {
  CHECK(rc::check([] {
    LendingCase one = any_case();
    const int step = *rc::gen::inRange(1, 4);
    int level = 0;
    for (double& demand : one.demand) {
      level = std::clamp(level + *rc::gen::inRange(-step, step + 1), 0, 12);
      demand = level / 12.0;
    }
    one.spare = (step + 1) / 12.0;
    // Nodes that are on their way in one window serve in the next.
    one.minutes = std::min(one.minutes, 60.0 * one.hours);
    const double rate = full_rate(one);
    const auto lent = facts_of(lending_world(one, rate));
    RC_ASSERT(served(lent) >= served(facts_of(reserving_world(one, rate))) * (1 - 1e-9));
  }));
}

TEST_CASE("lending: energy is what nodes draw that train, serve and stand idle",
          "[engine][lending]") {
  CHECK(rc::check([] {
    const LendingCase one = any_case();
    const double rate = full_rate(one);
    const auto facts = facts_of(lending_world(one, rate));
    // 10 kW at full load, 2 kW idle, a PUE of 1.25.
    const double end = one.hours * 3'600.0 * double(one.demand.size());
    const double busy = busy_between(changes_of_busy(facts), 0.0, end);
    const double serving = served(facts) / (rate / one.of_service);
    const double joules = 1.25 * (2e3 * one.nodes * end + 8e3 * (busy + serving));
    RC_ASSERT(std::abs(last_of(facts, Counter::SiteEnergy) / joules - 1.0) < 1e-6);
  }));
}

/// A quiet hour and a half, then a busy one, over and over; a gang that needs lent nodes.
LendingCase waves() {
  LendingCase one;
  one.hours = 1.5;
  for (int i = 0; i < 8; ++i) one.demand.insert(one.demand.end(), {0.0, 1.0});
  one.gangs = {16};
  one.days_of_work = 10.0;
  return one;
}

TEST_CASE("lending: what is unmet grows with the delay of nodes that return", "[engine][lending]") {
  LendingCase one = waves();
  const double rate = full_rate(one);
  double before = 0.0;
  for (const double minutes : {0.0, 10.0, 30.0, 60.0, 90.0, 120.0}) {
    one.minutes = minutes;
    const auto facts = facts_of(lending_world(one, rate));
    CHECK(unmet(facts) >= before);
    // Four of its twelve nodes are with the gang: eight times they return.
    const double in_windows = std::min(minutes, 90.0) * 60.0;
    CHECK(unmet(facts) == Approx(8 * in_windows * rate * 4 / 12));
    CHECK(last_of(facts, Counter::UnmetInReturn) == Approx(unmet(facts)));
    before = unmet(facts);
  }
}

TEST_CASE("lending: a gang that stops loses exactly what it trained since its checkpoint",
          "[engine][lending]") {
  LendingCase one = waves();
  one.minutes = 10.0;
  one.checkpoint_gb_s = 1e3;
  const double rate = full_rate(one);
  const double all = 8 * 5'400.0 * 16 * 8'000.0;
  World world = lending_world(one, rate);
  world.training_jobs[0].checkpoint_period = 1_hours;
  const auto saved = facts_of(world);
  REQUIRE(only<JobTakenBack>(saved).size() == 8);
  for (const auto& back : only<JobTakenBack>(saved)) CHECK(back.lost == Tokens{});
  CHECK(trained(saved, 1)[0] == Approx(all));

  // 14 GB of 16 nodes at 1 MB/s take 875 s, and there are 600. Of each 90 minutes 60 are saved.
  world.services[0].shares[0].lending->checkpoint_writes.value = BytesPerSecond{1e6};
  const auto lost = facts_of(world);
  REQUIRE(only<JobTakenBack>(lost).size() == 8);
  for (const auto& back : only<JobTakenBack>(lost)) {
    CHECK(back.lost.value == Approx(1'800.0 * 16 * 8'000.0));
  }
  CHECK(trained(lost, 1)[0] == Approx(all * 2 / 3));
}

TEST_CASE("lending: gangs that came last stop first, and go back to their place",
          "[engine][lending]") {
  LendingCase one = waves();
  one.gangs = {8, 8, 4};
  const double rate = full_rate(one);
  const auto facts = facts_of(lending_world(one, rate));
  // Twelve of 24 nodes train at any time: the first gang, and no second one beside the service.
  const auto placed = only<JobPlaced>(facts);
  REQUIRE(placed.size() >= 6);
  CHECK(placed[0].job == JobId{0});
  CHECK(placed[1].job == JobId{1});
  CHECK(placed[2].job == JobId{2});
  for (const auto& back : only<JobTakenBack>(facts)) CHECK(back.job != JobId{0});
  CHECK(placed[3].job == JobId{1});
  CHECK(placed[4].job == JobId{2});
}

TEST_CASE("lending: a reserved share is the same run with or without the words",
          "[engine][lending]") {
  LendingCase one = waves();
  one.spare = 1.0;  // Everything is kept.
  const double rate = full_rate(one);
  const auto kept = facts_of(lending_world(one, rate));
  const auto reserved = facts_of(reserving_world(one, rate));
  CHECK(only<WindowServed>(kept) == only<WindowServed>(reserved));
  CHECK(only<JobPlaced>(kept) == only<JobPlaced>(reserved));
}

/// The same where nodes fail, each alone, and are known to at once.
World failing_lending_world(const LendingCase& one, double rate) {
  World world = lending_world(one, rate);
  world.reliabilities = {engine_reliability(2_days, 1)};
  world.reliabilities[0].repair.value = *rc::gen::element(1.0, 12.0, 48.0) * 1_hours;
  world.reliabilities[0].modes[0].broken_share.value = *rc::gen::element(0.0, 0.5, 1.0);
  world.recoveries = {engine_recovery()};
  world.recoveries[0].detection.value = world.recoveries[0].diagnosis.value = Seconds{};
  world.interrupted_jobs = InterruptedJobs{};
  world.seed = *rc::gen::inRange<std::uint64_t>(1, 1'000'000);
  for (TrainingJob& job : world.training_jobs) {
    job.checkpoint_period = 1_hours;
    job.has_period = true;
  }
  return world;
}

// A gang that waits for a node in place of one holds one less; one that is broken is nowhere else.
TEST_CASE("lending: where nodes fail none is in two places", "[engine][lending]") {
  CHECK(rc::check([] {
    const LendingCase one = any_case();
    const double rate = full_rate(one);
    const auto facts = facts_of(failing_lending_world(one, rate));
    auto changes = changes_of_busy(facts);
    std::set<int> broken;
    for (const TraceEvent& event : facts) {
      if (const auto* begun = std::get_if<RunPhaseBegan>(&event)) {
        if (begun->phase == RunPhase::Replace) changes[begun->time.value] -= 1;
      } else if (const auto* ended = std::get_if<RunPhaseEnded>(&event)) {
        if (ended->phase == RunPhase::Replace) changes[ended->time.value] += 1;
      } else if (const auto* failed = std::get_if<NodeFailed>(&event)) {
        RC_ASSERT(failed->node >= 0 && failed->node < one.nodes);
        if (!failed->is_broken) continue;
        RC_ASSERT(broken.insert(failed->node).second);
        changes[failed->time.value] += 1;
      } else if (const auto* back = std::get_if<NodeReturned>(&event)) {
        if (broken.erase(back->node) == 1U) changes[back->time.value] -= 1;
      }
    }
    for (const auto& window : only<WindowServed>(facts)) {
      const double end = window.time.value, begin = end - window.length.value;
      const double serving = window.capacity.value / (rate / one.of_service);
      const double all = one.nodes * window.length.value;
      RC_ASSERT(serving + busy_between(changes, begin, end) <= all * (1 + 1e-6));
    }
  }));
}

// Two nodes are not the service's, and more break while gangs hold all: what is in repair when it
// takes all of its own back is missing to it.
TEST_CASE("lending: what broke in gangs is missing to the service that takes it back",
          "[engine][lending]") {
  LendingCase one;
  one.nodes = 14;
  one.hours = 3;
  one.gangs = {2, 2, 2, 2, 2, 2, 2};
  one.days_of_work = 50;
  one.demand = {0, 0, 0, 0, 0, 0, 0, 0, 1};
  const double rate = full_rate(one);
  World world = lending_world(one, rate);
  world.reliabilities = {engine_reliability(2_days, 1)};
  world.reliabilities[0].modes[0].broken_share.value = 1;
  world.reliabilities[0].repair.value = 1'000_days;
  world.recoveries = {engine_recovery()};
  world.recoveries[0].detection.value = world.recoveries[0].diagnosis.value = Seconds{};
  world.interrupted_jobs = InterruptedJobs{};
  int short_ones = 0;
  for (world.seed = 1; world.seed <= 10; ++world.seed) {
    const auto facts = facts_of(world);
    const auto last = only<WindowServed>(facts).back();
    double down = 0;
    for (const auto& failed : only<NodeFailed>(facts)) {
      if (failed.time < last.time - last.length) ++down;
    }
    const double serving = last.capacity.value / (rate / 12) / last.length.value;
    CHECK(serving <= 14 - down + 1e-6);
    short_ones += down > 2 ? 1 : 0;
  }
  CHECK(short_ones >= 5);
}

// Writing takes 14 GB over at least 1,000 GB/s, or days.
TEST_CASE("lending: where nodes fail a gang that is taken back loses what it cannot save",
          "[engine][lending]") {
  CHECK(rc::check([] {
    LendingCase one = any_case();
    one.minutes = std::max(one.minutes, 5.0);
    const auto facts = facts_of(failing_lending_world(one, full_rate(one)));
    std::map<std::uint32_t, double> safe;
    for (const TraceEvent& event : facts) {
      if (const auto* saved = std::get_if<RunSaved>(&event)) {
        RC_ASSERT(saved->trained.value > safe[saved->job.value]);
        safe[saved->job.value] = saved->trained.value;
      } else if (const auto* back = std::get_if<JobTakenBack>(&event)) {
        RC_ASSERT(back->lost >= Tokens{});
        if (one.checkpoint_gb_s > 1) RC_ASSERT(back->lost == Tokens{});
      }
    }
  }));
}

}  // namespace
}  // namespace chokepoint
