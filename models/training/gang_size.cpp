#include "models/training/gang_size.hpp"

#include <algorithm>
#include <cassert>

namespace chokepoint {
namespace {

constexpr int kParts = 8;  // Between two gangs of the ladder.

class Ladder {
public:
  Ladder(const TrainingSystem& system, const TrainingTask& task, const TrainingRunTarget& target)
      : system_(system), task_(task), target_(target) {}

  // Whether so many devices make it.
  bool tries(int devices) {
    task_.devices = devices;
    TrainingSearch found = search_training(system_, task_, 1);
    if (found.plans.empty()) return false;
    const RankedTrainingPlan& best = found.plans.front();
    const double steps = target_.tokens / (task_.global_batch * task_.sequence);
    const SizedGang gang{devices, best, best.time.total() * (steps / target_.goodput)};
    if (!found_.fastest || gang.run < found_.fastest->run) found_.fastest = gang;
    if (gang.run > target_.within) return false;
    if (!found_.least || devices < found_.least->devices) found_.least = gang;
    return true;
  }

  GangSearch found() { return std::move(found_); }

private:
  const TrainingSystem& system_;
  TrainingTask task_;
  const TrainingRunTarget& target_;
  GangSearch found_;
};

// 1, 2, 3, 4, 6, 8, 12 ...
int next_rung(int rung) {
  if (rung < 2) return rung + 1;
  const bool is_power = (rung & (rung - 1)) == 0;
  return is_power ? rung / 2 * 3 : rung / 3 * 4;
}

// Devices that would make it at peak, attention left out: fewer cannot.
double least_thinkable(const TrainingSystem& system, const TrainingRunTarget& target) {
  const Peaks& peaks = system.device.peaks;
  FlopsPerSecond highest = *peaks.bf16;
  for (const auto& narrow : {peaks.fp8, peaks.fp4}) {
    if (narrow) highest = std::max(highest, *narrow);
  }
  return step_flops(system.model, 1, target.tokens) / (highest * target.within * target.goodput);
}

}  // namespace

GangSearch least_gang(const TrainingSystem& system, TrainingTask task,
                      const TrainingRunTarget& target, int per_server, int most) {
  assert(target.tokens > 0 && target.within > Seconds{} && per_server >= 1);
  Ladder ladder(system, task, target);
  const double least = least_thinkable(system, target);
  long before = 0;
  for (int rung = 1; static_cast<long>(rung) * per_server <= most; rung = next_rung(rung)) {
    const long devices = static_cast<long>(rung) * per_server;
    if (static_cast<double>(devices) >= least && ladder.tries(static_cast<int>(devices))) {
      for (int part = 1; part < kParts; ++part) {
        const long servers = (before + (devices - before) * part / kParts) / per_server;
        const long between = servers * per_server;
        if (between <= before || static_cast<double>(between) < least) continue;
        if (ladder.tries(static_cast<int>(between))) break;
      }
      break;
    }
    before = devices;
  }
  return ladder.found();
}

}  // namespace chokepoint
