#include "models/training/run/run_draws.hpp"

#include <catch2/catch.hpp>
#include <cmath>

namespace chokepoint {
namespace {

LongRun two_causes(double shape) {
  LongRun run;
  run.failures = {{FailureScope::Nodes, PerSecond{3e-4}, 0.25},
                  {FailureScope::Run, PerSecond{1e-4}, 0}};
  run.weibull_shape = shape;
  run.repair = 2_hours;
  return run;
}

TEST_CASE("run_draws: starts last as long as the rates say, whatever the shape",
          "[training][draws]") {
  constexpr int kDraws = 40'000;
  for (const double shape : {0.7, 1.0, 1.5}) {
    const LongRun run = two_causes(shape);
    RunDraws draws(run, 1, "run");
    double sum = 0;
    for (int i = 0; i < kDraws; ++i) sum += draws.start().lasts->value;
    CHECK(sum / kDraws == Approx(2'500).epsilon(0.03));
  }
}

TEST_CASE("run_draws: causes come by their rates and break their share", "[training][draws]") {
  constexpr int kDraws = 40'000;
  const LongRun run = two_causes(1);
  RunDraws draws(run, 1, "run");
  int first = 0, broken = 0;
  for (int i = 0; i < kDraws; ++i) {
    const DrawnCause cause = draws.cause();
    first += cause.failure == 0;
    broken += cause.is_broken;
    if (cause.is_broken) CHECK(cause.failure == 0);
  }
  CHECK(first / double(kDraws) == Approx(0.75).epsilon(0.03));
  CHECK(broken / double(first) == Approx(0.25).epsilon(0.05));
}

TEST_CASE("run_draws: each kind has a stream of its own", "[training][draws]") {
  const LongRun run = two_causes(1);
  RunDraws one(run, 1, "run"), other(run, 1, "run");
  for (int i = 0; i < 100; ++i) {
    other.cause();
    other.repair();
    CHECK((other.server(8) >= 0 && other.server(8) < 8));
    CHECK(one.start().lasts == other.start().lasts);
  }
}

TEST_CASE("run_draws: what never fails lasts for ever", "[training][draws]") {
  const LongRun run;
  CHECK_FALSE(RunDraws(run, 1, "run").start().lasts);
}

}  // namespace
}  // namespace chokepoint
