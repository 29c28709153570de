#include "models/training/run/played_run.hpp"

#include <catch2/catch.hpp>
#include <numeric>
#include <string>

#include "tests/models/training/run/random_run.hpp"

namespace chokepoint {
namespace {

// Adds up what it hears of, by itself.
struct Hearing : RunObserver {
  std::array<Nanoseconds, kRunPhases> phases{};
  Nanoseconds began = 0, last = 0, lost = 0, saved_work = 0;
  std::int64_t interruptions = 0, saves = 0;
  std::string story;
  bool is_in_order = true;

  void entered(RunPhase phase, Nanoseconds at) override {
    is_in_order = is_in_order && at == last;
    began = at;
    story += std::string(name(phase)) + " ";
  }
  void left(RunPhase phase, Nanoseconds at) override {
    phases[static_cast<std::size_t>(phase)] += at - began;
    last = at;
  }
  void interrupted(const RunInterruption& what) override {
    is_in_order = is_in_order && what.at == last && what.kept_work == saved_work;
    lost += what.lost;
    ++interruptions;
    story += "stop ";
  }
  void saved(Nanoseconds at, Nanoseconds work) override {
    is_in_order = is_in_order && at == last && work > saved_work;
    saved_work = work;
    ++saves;
  }
};

LongRun quiet_run() {
  LongRun run;
  run.work = 10_hours;
  run.interval = 1_hours;
  return run;
}

TEST_CASE(
    "law: work, what is lost and what is waited for add up to the time of a run, to the "
    "nanosecond",
    "[training][run][law]") {
  CHECK(rc::check([] {
    LongRun run = any_run();
    run.weibull_shape = any_real(0.5, 2);
    Hearing heard;
    const PlayedRun played = play_run(run, *rc::gen::inRange(0, 1'000'000), &heard);
    RC_ASSERT(played.is_finished);
    RC_ASSERT(heard.is_in_order);
    RC_ASSERT(heard.phases == played.phases);
    RC_ASSERT(played.wall ==
              std::accumulate(played.phases.begin(), played.phases.end(), Nanoseconds{0}));
    RC_ASSERT(played.of(RunPhase::Train) == played.work + played.slowed + played.lost);
    RC_ASSERT(played.work == to_nanoseconds(run.work));
    RC_ASSERT(heard.lost == played.lost);
    RC_ASSERT(heard.interruptions == played.interruptions);
    RC_ASSERT(heard.saves == played.checkpoints);
  }));
}

TEST_CASE("law: with no failures and free checkpoints a run is all work", "[training][run][law]") {
  const PlayedRun played = play_run(quiet_run(), 1);
  CHECK(played.goodput() == 1.0);
  CHECK(played.checkpoints == 10);
  CHECK(played.interruptions == 0);
}

TEST_CASE("play: same seed, same run, and another seed, another", "[training][run]") {
  LongRun run = quiet_run();
  run.failures = {{FailureScope::Run, PerSecond{1.0 / 7'000}, 0}};
  const auto story_of = [&](std::uint64_t seed) {
    Hearing heard;
    play_run(run, seed, &heard);
    return heard.story + std::to_string(heard.last);
  };
  CHECK(story_of(3) == story_of(3));
  CHECK(story_of(3) != story_of(4));
}

TEST_CASE("play: a run that never gets from one checkpoint to the next is given up",
          "[training][run]") {
  LongRun run = quiet_run();
  run.failures = {{FailureScope::Run, PerSecond{1.0}, 0}};
  const PlayedRun played = play_run(run, 1);
  CHECK_FALSE(played.is_finished);
  CHECK(played.interruptions == kMostInterruptions);
  CHECK(played.work == 0);
  CHECK(played.lost == played.of(RunPhase::Train));
}

TEST_CASE("play: an interruption loses what no safe checkpoint holds", "[training][run]") {
  LongRun run = quiet_run();
  run.checkpoint.lag = 1_hours;  // Safe only when the next one is taken.
  run.planned = PerSecond{1.0 / 18'000};
  Hearing heard;
  const PlayedRun played = play_run(run, 1, &heard);
  // A stop after five hours waits for its checkpoint, as does the end.
  CHECK(played.planned_stops == 1);
  CHECK(played.of(RunPhase::Save) == 2 * to_nanoseconds(1_hours));
  CHECK(played.wall == 12 * to_nanoseconds(1_hours));
}

TEST_CASE("play: a broken server waits for the first that is repaired where no spare is left",
          "[training][run]") {
  LongRun run = quiet_run();
  run.work = 1'000_hours;
  run.failures = {{FailureScope::Nodes, PerSecond{1.0 / 36'000}, 1}};
  run.repair = 100_hours;
  const PlayedRun none = play_run(run, 5);
  CHECK(none.broken == none.interruptions);
  CHECK(none.waits == none.broken);
  run.spares = 1'000;
  const PlayedRun plenty = play_run(run, 5);
  CHECK(plenty.waits == 0);
  CHECK(plenty.of(RunPhase::Replace) == 0);
}

TEST_CASE("law: spares never make a run longer", "[training][run][law]") {
  CHECK(rc::check([] {
    LongRun run = any_run();
    const auto seed = *rc::gen::inRange(0, 1'000'000);
    // Times to interruptions are drawn for each start, so that only waits differ.
    const PlayedRun fewer = play_run(run, seed);
    run.spares += *rc::gen::inRange(1, 4);
    const PlayedRun more = play_run(run, seed);
    RC_ASSERT(more.interruptions == fewer.interruptions);
    RC_ASSERT(more.wall <= fewer.wall);
  }));
}

}  // namespace
}  // namespace chokepoint
