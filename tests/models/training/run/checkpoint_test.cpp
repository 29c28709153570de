#include "models/training/run/checkpoint.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/models/training/run/random_run.hpp"

namespace chokepoint {
namespace {

TEST_CASE("checkpoint: training waits for storage, or for a copy", "[training][run]") {
  const GangSize gang{64, 8};
  const auto cost = [&](CheckpointMode mode) {
    return checkpoint_cost(Bytes{640e9}, gang, mode, 2_GBps, 10_GBps);
  };
  // 640 GB at 8 servers x 2 GB/s, and at 64 devices x 10 GB/s.
  CHECK(cost(CheckpointMode::Blocking).stall == Seconds{40});
  CHECK(cost(CheckpointMode::Blocking).lag == Seconds{});
  CHECK(cost(CheckpointMode::Asynchronous).stall == Seconds{1});
  CHECK(cost(CheckpointMode::Asynchronous).lag == Seconds{40});
  CHECK(cost(CheckpointMode::Asynchronous).read == Seconds{40});
  CHECK(name(CheckpointMode::Blocking) == "blocking");
  CHECK(name(CheckpointMode::Asynchronous) == "asynchronous");
}

TEST_CASE("checkpoint: for short stalls the interval is Young's", "[training][run]") {
  CHECK(young_daly_interval(Seconds{}, 1_hours) == Seconds{});
  // sqrt(2 * 1 * 20000) = 200
  CHECK(young_daly_interval(Seconds{1}, Seconds{20'000}).value == Approx(200).epsilon(0.005));
  CHECK(young_daly_interval(2_hours, 1_hours) == 1_hours);
}

TEST_CASE("law: the dearer a checkpoint and the rarer interruptions, the longer the interval",
          "[training][run][law]") {
  CHECK(rc::check([] {
    const Seconds mean{any_real(100, 1e6)};
    const Seconds stall = mean * any_real(0, 1.9);
    const Seconds interval = young_daly_interval(stall, mean);
    RC_ASSERT(young_daly_interval(stall, mean * 1.1) >= interval);
    if (stall < mean * 0.5) RC_ASSERT(young_daly_interval(stall * 1.05, mean) >= interval);
  }));
}

}  // namespace
}  // namespace chokepoint
