#include "models/cluster/job_progress.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>

#include "models/training/run/checkpoint.hpp"

namespace chokepoint {
namespace {

TEST_CASE("job progress: checkpoints lie between intervals, none at the end", "[cluster]") {
  CHECK(time_for(1000, 1, {}) == 1000);
  CHECK(time_for(1000, 2, {}) == 500);
  CHECK(time_for(1001, 2, {}) == 501);
  CHECK(time_for(1000, 1, {250, 10}) == 1030);
  CHECK(time_for(1001, 1, {250, 10}) == 1041);
  CHECK(time_for(200, 1, {250, 10}) == 200);
}

TEST_CASE("job progress: a checkpoint is safe once it is written", "[cluster]") {
  const SavedWork saving{250, 10};
  const auto after = [&](Milliseconds time) { return reached_in(time, 1000, 1, saving); };
  CHECK(after(249).saved == 0);
  CHECK(after(259).saved == 0);
  CHECK(after(259).done == 250);
  CHECK(after(259).saving == 9);
  CHECK(after(260).saved == 250);
  CHECK(after(300).done == 290);
  CHECK(after(1030).done == 1000);
  CHECK(after(1030).saved == 750);
  CHECK(reached_in(300, 1000, 1, {}).saved == 0);
  CHECK(reached_in(300, 1000, 2, {}).done == 600);
}

TEST_CASE("law: work, time to save it and the rest are the time that a job has", "[cluster][law]") {
  CHECK(rc::check([] {
    const SavedWork saving{*rc::gen::inRange(0, 50) * 10.0, *rc::gen::inRange(0, 40)};
    const double left = *rc::gen::inRange(1, 3000);
    const Milliseconds whole = time_for(left, 1, saving);
    RC_ASSERT(reached_in(whole, left, 1, saving).done == left);
    const Milliseconds time = *rc::gen::inRange<Milliseconds>(0, whole + 1);
    const ReachedWork at = reached_in(time, left, 1, saving);
    RC_ASSERT(at.saved <= at.done && at.done <= left);
    RC_ASSERT(static_cast<Milliseconds>(at.done) + at.saving == time);
    if (saving.every > 0) RC_ASSERT(at.done - at.saved <= saving.every);
  }));
}

TEST_CASE("job progress: Young and Daly's interval goes with what fails of a job", "[cluster]") {
  QueueSettings settings;
  settings.young_daly = true;
  settings.checkpoint_cost = 30'000;
  PoolFailures how;
  how.causes = {{"node", PerSecond{1e-6}, 0.0}};
  settings.failures = {how};
  const JobPool pool{100, 8, 2.0};
  const auto every = [&](int devices) {
    return saved_work({0, 1, 1, devices}, pool, settings, 0).every;
  };
  CHECK(every(1) == Approx(2e3 * young_daly_interval(Seconds{30}, Seconds{1e6}).value));
  CHECK(every(8) == every(1));
  CHECK(every(800) == Approx(2e3 * young_daly_interval(Seconds{30}, Seconds{1e4}).value));
  settings.failures[0].causes.clear();
  CHECK(every(8) == 0);
}

}  // namespace
}  // namespace chokepoint
