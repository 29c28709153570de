#include "models/training/run/goodput.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "models/training/run/played_run.hpp"
#include "tests/models/training/run/random_run.hpp"

namespace chokepoint {
namespace {

double goodput_at(LongRun run, Seconds interval) {
  run.interval = interval;
  return expected_run(run).goodput;
}

void scale_failures(LongRun& run, double by) {
  for (RunFailure& one : run.failures) one.rate = one.rate * by;
}

double sum_of_shares(const RunExpectation& all) {
  return all.goodput + all.slowed + all.lost + all.saving + all.restarting + all.unnoticed +
         all.waiting + all.planned;
}

// Of a run of so many interruptions that little is left to chance.
PlayedRun played_long(LongRun run, double interruptions, std::uint64_t seed) {
  const RunExpectation expected = expected_run(run);
  run.work = run.work * (interruptions / expected.interruptions);
  return play_run(run, seed);
}

void check_agree(const LongRun& run, double within, std::uint64_t seed, double stops = 30'000) {
  const RunExpectation expected = expected_run(run);
  const PlayedRun played = played_long(run, stops, seed);
  REQUIRE(played.is_finished);
  const auto share = [&](RunPhase phase) { return double(played.of(phase)) / double(played.wall); };
  CHECK(played.goodput() == Approx(expected.goodput).epsilon(within));
  CHECK(double(played.slowed) / double(played.wall) == Approx(expected.slowed).margin(within));
  CHECK(double(played.lost) / double(played.wall) == Approx(expected.lost).margin(within));
  CHECK(share(RunPhase::Save) == Approx(expected.saving).margin(within));
  CHECK(share(RunPhase::Detect) == Approx(expected.unnoticed).margin(within));
  CHECK(share(RunPhase::Replace) == Approx(expected.waiting).margin(within));
}

LongRun usual_run() {
  LongRun run;
  run.work = 50_days;
  run.interval = Seconds{900};
  run.checkpoint = {Seconds{20}, Seconds{200}, Seconds{60}};
  run.failures = {{FailureScope::Devices, PerSecond{1.0 / 15'000}, 0.7},
                  {FailureScope::Run, PerSecond{1.0 / 60'000}, 0}};
  run.noticed = Seconds{600};
  run.restart = Seconds{300};
  run.planned = PerSecond{1.0 / 100'000};
  run.planned_stop = Seconds{1'800};
  run.spares = 4;
  run.repair = 20_hours;
  run.slow_chance = 0.3;
  run.slow_delay = 0.1;
  return run;
}

TEST_CASE("law: a run played and its mean agree", "[training][run][law]") {
  check_agree(usual_run(), 0.01, 1);
  LongRun blocking = usual_run();
  blocking.checkpoint = {Seconds{120}, Seconds{}, Seconds{120}};
  check_agree(blocking, 0.01, 2);
  LongRun frail = usual_run();
  scale_failures(frail, 6);
  frail.spares = 100;
  check_agree(frail, 0.015, 3);
}

TEST_CASE("law: they agree where interruptions come in clusters, or wear out",
          "[training][run][law]") {
  for (const double shape : {0.6, 0.8, 1.5}) {
    LongRun run = usual_run();
    run.weibull_shape = shape;
    run.spares = 1'000;  // What breaks in clusters finds fewer of few spares than the mean has it.
    check_agree(run, 0.01, 4);
  }
}

TEST_CASE("law: they agree where servers are waited for", "[training][run][law]") {
  LongRun run = usual_run();
  for (const std::int64_t spares : {0, 1, 3}) {
    run.spares = spares;
    check_agree(run, 0.02, 5, 10'000);
  }
}

TEST_CASE("law: the time of short runs agrees in the mean as well", "[training][run][law]") {
  LongRun run = usual_run();
  run.work = run.interval * 12;
  run.planned = PerSecond{};
  run.slow_chance = 0;
  run.spares = 1'000;
  run.checkpoint.lag = Seconds{};
  double wall = 0, interruptions = 0;
  constexpr int kRuns = 20'000;
  for (int i = 0; i < kRuns; ++i) {
    const PlayedRun played = play_run(run, 100 + i);
    wall += 1e-9 * double(played.wall) / kRuns;
    interruptions += double(played.interruptions) / kRuns;
  }
  const RunExpectation expected = expected_run(run);
  CHECK(wall == Approx(expected.wall.value).epsilon(0.01));
  CHECK(interruptions == Approx(expected.interruptions).epsilon(0.02));
}

TEST_CASE("law: shares add up to the whole", "[training][run][law]") {
  CHECK(rc::check([] {
    LongRun run = any_run();
    run.weibull_shape = *rc::gen::element(1.0, 0.7, 1.3);
    const RunExpectation all = expected_run(run);
    RC_ASSERT(std::abs(sum_of_shares(all) - 1) < 1e-9);
    RC_ASSERT(all.lost > -1e-3);
    run.failures.clear();
    RC_ASSERT(std::abs(sum_of_shares(expected_run(run)) - 1) < 1e-12);
  }));
}

TEST_CASE("law: more failures never raise goodput", "[training][run][law]") {
  CHECK(rc::check([] {
    LongRun run = any_run();
    const double before = expected_run(run).goodput;
    scale_failures(run, any_real(1, 10));
    RC_ASSERT(expected_run(run).goodput <= before * (1 + 1e-12));
    run.failures.clear();
    RC_ASSERT(expected_run(run).goodput >= before);
  }));
}

TEST_CASE("law: spares never lower goodput", "[training][run][law]") {
  CHECK(rc::check([] {
    LongRun run = any_run();
    const double before = expected_run(run).goodput;
    run.spares += 1;
    RC_ASSERT(expected_run(run).goodput >= before * (1 - 1e-12));
  }));
}

TEST_CASE("law: no failures and free checkpoints give goodput 1", "[training][run][law]") {
  LongRun run;
  run.work = 10_days;
  run.interval = 1_hours;
  const RunExpectation expected = expected_run(run);
  CHECK(expected.goodput == 1.0);
  CHECK(expected.wall == run.work);
  CHECK(expected.interruptions == 0.0);
}

TEST_CASE("law: Weibull with shape 1 is the exponential", "[training][run][law]") {
  CHECK(rc::check([] {
    LongRun run = any_run();
    const double exponential = expected_run(run).goodput;
    run.weibull_shape = 1 + 1e-7;
    RC_ASSERT(std::abs(expected_run(run).goodput / exponential - 1) < 1e-4);
  }));
}

TEST_CASE("law: the interval of Young and Daly is within 1 % of the best of a scan",
          "[training][run][law]") {
  CHECK(rc::check([] {
    LongRun run = any_run();
    run.checkpoint.lag = Seconds{};
    run.checkpoint.stall = Seconds{any::number(0.1, 50'000)};
    const double chosen =
        goodput_at(run, young_daly_interval(run.checkpoint.stall, *run.mean_to_interruption()));
    double best = 0;
    for (double tau = 1; tau < 1e6; tau *= 1.02) {
      best = std::max(best, goodput_at(run, Seconds{tau}));
    }
    RC_ASSERT(chosen >= 0.99 * best);
  }));
}

TEST_CASE("goodput: Erlang's loss is that of his table", "[training][run]") {
  // B(1, a) = a / (1 + a); B(2, 1) = 1/5; B(10, 5) = 0.01838 (ITU tables).
  CHECK(erlang_loss(0, 3) == 1.0);
  CHECK(erlang_loss(1, 0.5) == Approx(1.0 / 3));
  CHECK(erlang_loss(2, 1) == Approx(0.2));
  CHECK(erlang_loss(10, 5) == Approx(0.01838).epsilon(1e-3));
}

TEST_CASE("goodput: one formula of Daly's", "[training][run]") {
  LongRun run;
  run.work = 100_hours;
  run.interval = Seconds{1'000};
  run.checkpoint.stall = Seconds{100};
  run.restart = Seconds{50};
  run.failures = {{FailureScope::Run, PerSecond{1e-4}, 0}};
  // 100 h / 1000 s * 10000 s * e^(50 / 10000) * (e^(1100 / 10000) - 1)
  CHECK(run.work.value / expected_run(run).goodput ==
        Approx(360 * 1e4 * std::exp(0.005) * std::expm1(0.11)));
}

}  // namespace
}  // namespace chokepoint
