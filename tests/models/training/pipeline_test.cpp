#include "models/training/pipeline.hpp"

#include <catch2/catch.hpp>

#include "tests/models/performance/random_serving.hpp"

namespace chokepoint {
namespace {

StageTime stage(double forward, double backward) {
  return {Seconds{forward}, Seconds{backward}, Seconds{backward / 2}};
}

PipelineLoad equal_stages(int devices, int microbatches) {
  const StageTime one = stage(1, 2);
  return {devices, 1, microbatches, one, one, one, PipelineSchedule::OneForwardOneBackward};
}

PipelineLoad any_load() {
  PipelineLoad load;
  load.devices = *rc::gen::inRange(1, 9);
  load.microbatches = *rc::gen::inRange(1, 60);
  const auto any_stage = [] { return stage(any::number(0.5, 2), any::number(1, 4)); };
  load.first = any_stage(), load.middle = any_stage(), load.last = any_stage();
  return load;
}

void interleave(PipelineLoad& load) {
  load.chunks = *rc::gen::inRange(2, 5);
  load.devices = std::max(load.devices, 2);
  load.microbatches = load.devices * *rc::gen::inRange(1, 8);
}

bool are_close(Seconds a, Seconds b) {
  return std::abs(a.value - b.value) <= 1e-9 * std::max(a.value, b.value);
}

TEST_CASE("law: the bubble of 1F1B with equal stages is (p - 1) / (m + p - 1)", "[training][law]") {
  for (const int p : {1, 2, 4, 7}) {
    for (const int m : {1, 3, 8, 40}) {
      const double busy = 3.0 * m, all = played_pipeline(equal_stages(p, m)).value;
      CHECK((all - busy) / all == Approx((p - 1.0) / (m + p - 1.0)).margin(1e-12));
    }
  }
}

TEST_CASE("law: interleaved with v chunks and equal stages the bubble is v times less",
          "[training][law]") {
  for (const int p : {2, 4, 8}) {
    for (const int v : {2, 3, 5}) {
      PipelineLoad load = equal_stages(p, 3 * p);
      load.chunks = v;
      const double busy = 3.0 * v * load.microbatches;
      CHECK(played_pipeline(load).value - busy == Approx(3.0 * (p - 1)));
    }
  }
}

TEST_CASE("law: without bubbles three passes of one length leave a third of the bubble of 1F1B",
          "[training][law]") {
  for (const int p : {2, 4, 8}) {
    PipelineLoad load = equal_stages(p, 4 * p);
    load.schedule = PipelineSchedule::ZeroBubble;
    const double busy = 3.0 * load.microbatches;
    // Published for ZB-H1: (p - 1) (forward + inputs - weights).
    CHECK(played_pipeline(load).value - busy == Approx(p - 1.0));
  }
}

TEST_CASE("law: the fast time of a pipeline is that of its play", "[training][law]") {
  CHECK(rc::check([] {
    PipelineLoad load = any_load();
    if (any::chance()) interleave(load);
    RC_ASSERT(are_close(pipeline_time(load), played_pipeline(load)));
  }));
}

TEST_CASE("law: the closed form holds where the last stage is the slowest", "[training][law]") {
  CHECK(rc::check([] {
    PipelineLoad load = any_load();
    load.last.forward = std::max({load.first.forward, load.middle.forward, load.last.forward});
    load.last.backward = std::max({load.first.backward, load.middle.backward, load.last.backward});
    // A chunk that is first is so once: the others wait for it as long as for any.
    if (any::chance()) {
      interleave(load);
      load.first.forward = std::min(load.first.forward, load.middle.forward);
      load.first.backward = std::min(load.first.backward, load.middle.backward);
    }
    RC_ASSERT(are_close(pipeline_time(load), played_pipeline(load)));
  }));
}

TEST_CASE("law: no schedule is faster than its busiest device, nor slower than one stage at a time",
          "[training][law]") {
  CHECK(rc::check([] {
    PipelineLoad load = any_load();
    if (any::chance()) load.schedule = PipelineSchedule::ZeroBubble;
    const bool is_full = load.schedule == PipelineSchedule::ZeroBubble;
    double sum = 0, busiest = 0, weights = 0;
    for (int k = 0; k < load.devices; ++k) {
      sum += load.of(k).total().value;
      weights += load.of(k).weights.value;
      busiest = std::max(busiest, load.of(k).total().value);
    }
    const double time = played_pipeline(load).value, m = load.microbatches;
    RC_ASSERT(time >= m * busiest * (1 - 1e-9));
    // Gradients of weights of all devices but one may be done beside it.
    RC_ASSERT(time >= (is_full ? sum - weights : sum) * (1 - 1e-9));
    RC_ASSERT(time <= m * sum * (1 + 1e-9));
  }));
}

}  // namespace
}  // namespace chokepoint
