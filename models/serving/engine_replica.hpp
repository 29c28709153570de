#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "models/serving/engine_counters.hpp"
#include "models/serving/engine_rules.hpp"
#include "models/serving/step_cost.hpp"
#include "models/serving/step_scheduler.hpp"

namespace chokepoint {

/// What a replica did of a job.
struct Done {
  Job job;
  Nanoseconds submitted = 0;
  Nanoseconds scheduled = 0;      ///< First admitted.
  Nanoseconds first = 0;          ///< First token at the client.
  Nanoseconds last = 0;           ///< Last token at the client.
  Nanoseconds lag = 0;            ///< Of both, behind the engine.
  std::uint32_t preemptions = 0;  ///< Here and in the replicas that had it before.
};

/// One replica of a model, as its engine runs it: StepScheduler says who is served in each step,
/// StepCosts how long it takes, and this when it ends.
///
/// Steps alike are one event: until somebody ends, the cost leaves its line, cache runs out, or an
/// arrival may be admitted, which cuts at the next step. Times and counters are those of
/// EngineRules with most_steps = 1, to the tick.
///
/// Dates: the owner calls finish() when next_event() is the earliest date of all, arrivals of the
/// same nanosecond first.
class EngineReplica {
public:
  /// `costs` is shared by replicas of a kind, and outlives them.
  EngineReplica(StepCosts& costs, const EngineRules& rules);
  EngineReplica(const EngineReplica&) = delete;
  EngineReplica& operator=(const EngineReplica&) = delete;

  /// Whether the whole cache of a request fits that makes `output` tokens here, were it alone, and
  /// all of it is within the context.
  bool can_hold(const Request& request, std::uint32_t output) const {
    return scheduler_.can_hold(request, output);
  }

  /// Takes a job; false where it cannot hold it. Requires: `at` not before the last event.
  bool submit(Job job, Nanoseconds at);

  /// When something changes next; nothing while it idles. Only submit() makes it earlier.
  std::optional<Nanoseconds> next_event() const;

  /// Ends the steps under way and starts the next; those who have all tokens are added to `done`.
  /// Requires: next_event().
  void finish(std::vector<Done>& done);

  /// Loses everything that it holds, as in a failure at `at`, before an event of that date; its
  /// jobs, in order of admission, then of the queue.
  std::vector<Job> fail(Nanoseconds at);

  std::int64_t outstanding() const { return running() + waiting(); }
  std::int64_t running() const { return scheduler_.running(); }
  std::int64_t waiting() const { return scheduler_.waiting(); }
  const EngineCounters& counters() const { return counters_; }
  const EngineRules& rules() const { return scheduler_.rules(); }
  /// Blocks owned by those who run, and shared ones that they use; the laws ask.
  std::int64_t blocks_in_use() const { return scheduler_.blocks_in_use(); }

private:
  void cut(Nanoseconds at);
  void start();
  void count_steps(std::int64_t steps);
  void deliver(std::vector<Done>& done);
  Nanoseconds lag();

  StepCosts& costs_;
  StepScheduler scheduler_;

  // Steps under way.
  bool is_busy_ = false;
  std::int64_t steps_ = 0;
  DecodeLine line_;
  Ticks start_ = 0, end_ = 0;
  Ticks beside_ = 0;  // For prompts and copies; then it is but one step.
  Subtokens cached_ = 0, growth_ = 0;
  EngineCounters counters_;
};

}  // namespace chokepoint
