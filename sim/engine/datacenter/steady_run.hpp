#pragma once

#include <functional>
#include <optional>

#include "sim/engine/datacenter/job_run.hpp"
#include "sim/engine/datacenter/transfer.hpp"
#include "sim/engine/kernel/activities.hpp"
#include "sim/engine/kernel/engine_component.hpp"

namespace chokepoint {

/// Runs one placed training job that nothing stops, a segment from checkpoint to checkpoint, until
/// all its tokens are trained. Each segment is one activity; a checkpoint's copy travels while the
/// next one runs.
class SteadyRun : public JobRun, private EngineComponent {
public:
  /// `throughput` is that of the whole gang, > 0; `trained` are tokens of a run before this.
  SteadyRun(const World& world, const Gang& gang, TokensPerSecond throughput, Tokens trained,
            Agenda& agenda, Activities& activities, Transfers& transfers, TraceSink& trace);

  void start(std::function<void()> at_end) override;
  Tokens done() const override;
  bool has_done_all() const override;
  StoppedRun stop(bool saves) override;
  TokensPerSecond throughput() const override { return throughput_; }

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
  std::optional<Activities::Ticket> training_;
  std::function<void()> at_end_;
};

}  // namespace chokepoint
