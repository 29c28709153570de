#include "models/training/dual_pipe.hpp"

#include <catch2/catch.hpp>

#include "tests/models/performance/random_serving.hpp"

namespace chokepoint {
namespace {

PipelineLoad both_ways(int devices, int microbatches, const StageTime& one) {
  return {devices, 1, microbatches, one, one, one, PipelineSchedule::DualPipe};
}

TEST_CASE("law: from both ends the bubble is (p / 2 - 1) (F&B + B - 3 W)", "[training][law]") {
  // Published for stages alike; what passes hide of each other comes off F&B.
  const StageTime one{Seconds{1.5}, Seconds{3}, Seconds{1}, Seconds{0.25}, Seconds{0.5}};
  const double pair = 1.5 + 3 - 0.75;
  for (const int p : {2, 4, 8, 16}) {
    for (const int m : {2 * p, 3 * p, 8 * p}) {
      const double all = played_dual_pipe(both_ways(p, m, one)).value;
      // One pair more is not done side by side in the middle, and passes at both ends are alone.
      const double steady = m * pair + (p / 2 - 1) * (pair + 3 - 3 * 1.0);
      CHECK(all >= steady * (1 - 1e-12));
      CHECK(all <= steady + (p + 1) * 0.75 * (1 + 1e-12));
    }
  }
}

TEST_CASE("law: from both ends, and nothing hidden, stages alike have the published bubble",
          "[training][law]") {
  const StageTime one{Seconds{1}, Seconds{2}, Seconds{1}};
  for (const int p : {2, 4, 8, 16}) {
    for (const int m : {2 * p, 6 * p}) {
      const double all = played_dual_pipe(both_ways(p, m, one)).value;
      CHECK(all - 3.0 * m == Approx((p / 2 - 1) * (3.0 + 2.0 - 3.0)));
    }
  }
}

TEST_CASE("law: no device of a pipeline from both ends does more than its two stages",
          "[training][law]") {
  CHECK(rc::check([] {
    const auto any_stage = [] {
      const double back = any::number(1, 4);
      return StageTime{Seconds{any::number(0.5, 2)}, Seconds{back}, Seconds{back / 2}};
    };
    PipelineLoad load = both_ways(2 * *rc::gen::inRange(1, 7), 0, any_stage());
    load.microbatches = 2 * load.devices + 2 * *rc::gen::inRange(0, 20);
    load.first = any_stage(), load.last = any_stage();
    const double time = played_dual_pipe(load).value;
    double busiest = 0, sum = 0;
    for (int k = 0; k < load.devices; ++k) {
      const Seconds two = load.of(k).total() + load.of(load.devices - 1 - k).total();
      busiest = std::max(busiest, two.value * load.microbatches / 2);
      sum += load.of(k).total().value;
    }
    RC_ASSERT(time >= busiest * (1 - 1e-9));
    RC_ASSERT(time <= sum * load.microbatches * (1 + 1e-9));
  }));
}

TEST_CASE("law: stages alike are no slower from both ends than in turns", "[training][law]") {
  CHECK(rc::check([] {
    const double back = any::number(1, 4);
    const StageTime one{Seconds{any::number(0.5, 2)}, Seconds{back},
                        Seconds{back * any::number(0.1, 0.9)}};
    const int p = 2 * *rc::gen::inRange(1, 7);
    PipelineLoad load = both_ways(p, 2 * p + 2 * *rc::gen::inRange(0, 20), one);
    const Seconds both = played_dual_pipe(load);
    RC_ASSERT(least_pipeline_time(load) <= both * (1 + 1e-9));
    load.schedule = PipelineSchedule::OneForwardOneBackward;
    RC_ASSERT(both <= pipeline_time(load) * (1 + 1e-9));
  }));
}

TEST_CASE("dual pipe: both numbers are even, and microbatches twice as many", "[training]") {
  CHECK(passes_both_ways(2, 4));
  CHECK(passes_both_ways(16, 120));
  CHECK_FALSE(passes_both_ways(16, 30));
  CHECK_FALSE(passes_both_ways(16, 121));
  CHECK_FALSE(passes_both_ways(3, 12));
  CHECK_FALSE(passes_both_ways(1, 12));
}

}  // namespace
}  // namespace chokepoint
