#pragma once

#include <functional>

#include "sim/engine/datacenter/transfer.hpp"
#include "sim/engine/kernel/activities.hpp"
#include "sim/engine/kernel/engine_component.hpp"

namespace chokepoint {

/// Where a gang runs.
struct Gang {
  Placement placement;
  int host = 0;  ///< Of the pool's hosts, the one that carries its work, and no other gang's.
};

/// Runs one placed training job, a segment from checkpoint to checkpoint, until all its tokens are
/// trained. Each segment is one activity; a checkpoint's copy travels while the next one runs.
class TrainingRun : private EngineComponent {
public:
  /// `throughput` is that of the whole gang, > 0.
  TrainingRun(const World& world, const Gang& gang, TokensPerSecond throughput, Agenda& agenda,
              Activities& activities, Transfers& transfers, TraceSink& trace);

  /// Begins; `at_end` is called when the job is done.
  void start(std::function<void()> at_end);

  /// Tokens trained so far, the running segment's share included.
  Tokens done() const;
  /// Of the whole gang, from its start to its end.
  TokensPerSecond throughput() const { return throughput_; }

private:
  void begin_segment();
  void on_segment_end();

  const TrainingJob& job_;
  Gang gang_;
  Activities& activities_;
  Transfers& transfers_;
  TokensPerSecond throughput_;  // Of the whole gang.
  Tokens trained_;              // In segments that have ended.
  Segment segment_;
  Seconds segment_began_;
  std::function<void()> at_end_;
};

/// Tokens per second of all devices of `job` in `pool` together, at what the catalogue says.
TokensPerSecond gang_throughput(const World& world, const TrainingJob& job, PoolId pool);

}  // namespace chokepoint
