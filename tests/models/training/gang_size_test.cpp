#include "models/training/gang_size.hpp"

#include <catch2/catch.hpp>

#include "tests/models/training/random_training.hpp"

namespace chokepoint {
namespace {

constexpr int kServer = 4, kMost = 32;

TrainingTask small_task() {
  TrainingTask task;
  task.global_batch = 32;
  return task;
}

// How long a run lasts on so many devices; nothing where no plan fits.
std::optional<Seconds> run_on(const TrainingSystem& system, int devices, double tokens) {
  TrainingTask task = small_task();
  task.devices = devices;
  const TrainingSearch found = search_training(system, task, 1);
  if (found.plans.empty()) return std::nullopt;
  return found.plans.front().time.total() * (tokens / (task.global_batch * task.sequence));
}

TEST_CASE("law: the least gang makes it, in whole servers, and no rung before it does",
          "[training][law]") {
  CHECK(rc::check([] {
    const any::TrainingParts parts;
    const TrainingSystem system = parts.system();
    constexpr double kTokens = 1e9;
    const auto of_16 = run_on(system, 16, kTokens);
    if (!of_16) return;
    const TrainingRunTarget target{kTokens, *of_16 * 1.001};
    const GangSearch found = least_gang(system, small_task(), target, kServer, kMost);
    RC_ASSERT(found.least.has_value());
    RC_ASSERT(found.least->devices <= 16);
    RC_ASSERT(found.least->devices % kServer == 0);
    RC_ASSERT(found.least->devices == found.least->plan.plan.devices());
    RC_ASSERT(found.least->run <= target.within);
    for (int fewer = kServer; fewer < found.least->devices; fewer *= 2) {
      const auto slower = run_on(system, fewer, kTokens);
      RC_ASSERT(!slower || *slower > target.within);
    }
  }));
}

TEST_CASE("law: time that is lost asks for no fewer devices", "[training][law]") {
  CHECK(rc::check([] {
    const any::TrainingParts parts;
    const TrainingSystem system = parts.system();
    constexpr double kTokens = 1e9;
    const auto of_16 = run_on(system, 16, kTokens);
    if (!of_16) return;
    const auto devices = [&](double goodput) {
      const GangSearch found =
          least_gang(system, small_task(), {kTokens, *of_16, goodput}, kServer, kMost);
      return found.least ? found.least->devices : kMost + 1;
    };
    RC_ASSERT(devices(0.5) >= devices(1.0));
  }));
}

TEST_CASE("gang size: what nobody makes says the fastest that was tried", "[training]") {
  CHECK(rc::check([] {
    const any::TrainingParts parts;
    const TrainingSystem system = parts.system();
    const auto of_most = run_on(system, kMost, 1e9);
    if (!of_most) return;
    const GangSearch found =
        least_gang(system, small_task(), {1e9, *of_most * 0.5}, kServer, kMost);
    if (found.least) RC_ASSERT(found.least->run <= *of_most * 0.5);
    if (!found.least && found.fastest) RC_ASSERT(found.fastest->run > *of_most * 0.5);
  }));
}

}  // namespace
}  // namespace chokepoint
