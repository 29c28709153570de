#include "models/workload/training_job.hpp"

#include <catch2/catch.hpp>

#include "tests/models/catalog_excerpt.hpp"

namespace chokepoint {
namespace {

TrainingJob job_of(double tokens, Seconds period) {
  TrainingJob job;
  job.tokens.value = Tokens{tokens};
  job.checkpoint_period = period;
  return job;
}

// 100 tokens at 3 per second, a checkpoint every 10 seconds: 30, 30, 30, 10.
TEST_CASE("training job: segments end at checkpoints and at the end", "[workload][training_job]") {
  const auto job = job_of(100, 10_s);
  const TokensPerSecond speed{3};
  CHECK(next_segment(job, Tokens{0}, speed).tokens == Tokens{30});
  CHECK(next_segment(job, Tokens{0}, speed).duration == 10_s);
  CHECK(next_segment(job, Tokens{90}, speed).tokens == Tokens{10});
  CHECK(next_segment(job, Tokens{90}, speed).duration.value == Approx(10.0 / 3.0));
  CHECK(next_segment(job, Tokens{100}, speed).tokens == Tokens{0});
  CHECK(next_segment(job, Tokens{100}, speed).duration == 0_s);
}

TEST_CASE("training job: segments add up to the job, and their count is exact",
          "[workload][training_job]") {
  // At 1/k tokens per second and a period of 7 seconds a job of n * 7/k tokens has n segments:
  // numbers that floating point cannot hold exactly, and no last segment of a rounding error.
  for (int k = 3; k < 60; ++k) {
    const TokensPerSecond speed{1.0 / k};
    const int n = 5 + 13 * k;
    const auto job = job_of(n * 7.0 / k, 7_s);
    Tokens done{};
    Seconds spent{};
    int segments = 0;
    for (Segment next = next_segment(job, done, speed); next.tokens > Tokens{};
         next = next_segment(job, done, speed)) {
      done += next.tokens;
      spent += next.duration;
      ++segments;
      REQUIRE(segments <= n);
    }
    REQUIRE(segments == n);
    REQUIRE(done.value == Approx(job.tokens.value.value).epsilon(1e-11));
    REQUIRE(spent.value == Approx(n * 7.0).epsilon(1e-11));
  }
}

TEST_CASE("training job: twice the speed halves the last segment", "[workload][training_job]") {
  const auto job = job_of(1000, 24_hours);
  const Segment slow = next_segment(job, Tokens{200}, TokensPerSecond{4});
  const Segment fast = next_segment(job, Tokens{200}, TokensPerSecond{8});
  CHECK(slow.tokens == fast.tokens);
  CHECK(slow.duration == 2.0 * fast.duration);
}

TEST_CASE("training job: a checkpoint takes 14 bytes per parameter", "[workload][training_job]") {
  CHECK(checkpoint_size(llama_70b()) == Bytes{14 * 70.6e9});
}

}  // namespace
}  // namespace chokepoint
