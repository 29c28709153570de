#include "models/cluster/job_progress.hpp"

#include <algorithm>
#include <cmath>

#include "models/training/run/checkpoint.hpp"

namespace chokepoint {
namespace {

constexpr double kMillisecond = 1e-3;

// Checkpoints on the way to the end.
double saves_in(double left, const SavedWork& saving) {
  return saving.every > 0 ? std::max(std::ceil(left / saving.every) - 1, 0.0) : 0.0;
}

}  // namespace

SavedWork saved_work(const RigidJob& job, const JobPool& pool, const QueueSettings& settings,
                     std::size_t pool_at) {
  SavedWork saving{static_cast<double>(settings.checkpoint_every), settings.checkpoint_cost};
  if (!settings.saves_by_young_daly() || settings.failures.empty()) return saving;
  const PerSecond rate =
      settings.failures[pool_at].of_job_on((job.devices + pool.per_node - 1) / pool.per_node);
  if (rate > PerSecond{}) {
    const Seconds stall{static_cast<double>(saving.cost) * kMillisecond};
    const Seconds every = young_daly_interval(stall, Seconds{1 / rate.value});
    // Without a cost it would save all the time.
    saving.every = std::max(every.value / kMillisecond, 1.0) * pool.speed;
  }
  return saving;
}

Milliseconds time_for(double left, double speed, const SavedWork& saving) {
  return static_cast<Milliseconds>(std::ceil(left / speed)) +
         static_cast<Milliseconds>(saves_in(left, saving)) * saving.cost;
}

ReachedWork reached_in(Milliseconds worked, double left, double speed, const SavedWork& saving) {
  const auto time = static_cast<double>(worked);
  ReachedWork reached;
  if (saving.every <= 0) {
    reached.done = std::min(time * speed, left);
    return reached;
  }
  const auto cost = static_cast<double>(saving.cost);
  const double cycle = saving.every / speed + cost;
  const double saves = std::min(std::floor(time / cycle), saves_in(left, saving));
  const double since = (time - saves * cycle) * speed;
  // Beyond the interval it saves, which does nothing of its work.
  const bool is_last = saves == saves_in(left, saving);
  reached.saved = saves * saving.every;
  reached.done = std::min(reached.saved + (is_last ? since : std::min(since, saving.every)), left);
  const double saving_now = is_last ? 0 : std::max(0.0, since - saving.every) / speed;
  reached.saving = std::llround(saves * cost + std::min(saving_now, cost));
  return reached;
}

}  // namespace chokepoint
