#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "models/training/run/placed_run.hpp"
#include "models/training/run/run_draws.hpp"
#include "models/training/run/run_phase.hpp"
#include "sim/engine/datacenter/job_run.hpp"
#include "sim/engine/datacenter/repairs.hpp"
#include "sim/engine/datacenter/storage_outages.hpp"
#include "sim/engine/datacenter/transfer.hpp"
#include "sim/engine/kernel/activities.hpp"
#include "sim/engine/kernel/engine_component.hpp"

namespace chokepoint {

/// Runs one placed training job that failures stop, from phase to phase, until all its tokens are
/// trained and safe: it starts, trains for an interval, and stalls for a checkpoint, which is
/// written while the next interval runs; the one after waits until it is. An interruption cancels
/// what runs and throws it back to the last checkpoint that is safe. It stands until that is
/// understood, takes a free node for each that is broken, or waits for one, and starts again. All
/// as models/training/run/long_run says, but that spares are what is free in the pool, that all
/// nodes of a domain or below a switch break together, and that checkpoints share the storage of
/// the site: while that is away, nothing is written or read, and what was begins anew once it is
/// back.
class InterruptedRun : public JobRun, private EngineComponent {
public:
  /// `throughput` is that of the whole gang, > 0; `trained` are tokens of a run before this.
  /// Requires: something may stop the job there.
  InterruptedRun(const World& world, const Gang& gang, TokensPerSecond throughput, Tokens trained,
                 Agenda& agenda, Activities& activities, Transfers& transfers, Repairs& repairs,
                 Sites& sites, StorageOutages& outages, TraceSink& trace);

  void start(std::function<void()> at_end) override;
  Tokens done() const override;
  TokensPerSecond throughput() const override { return throughput_; }
  bool has_done_all() const override;
  /// A node that is still under way to the gang goes back when it comes.
  StoppedRun stop(bool saves) override;
  std::optional<double> goodput() const override;
  void on_storage_failed() override;
  void on_storage_back() override;

private:
  using Step = void (InterruptedRun::*)();

  // Of phases, and what ends them.
  void enter(RunPhase phase);
  void leave();
  void after(Seconds delay, Step step);
  void begin_start();
  void restart();
  void on_processes_up();
  void read();
  void on_restarted();
  void train();
  void on_trained();
  void finish();

  // Of checkpoints.
  void save();
  void write();
  void store();
  void on_written();
  void go_on();
  bool is_stop_planned() const;
  void stop_as_planned();

  // Of interruptions.
  void arm();
  void disarm();
  void on_interrupted();
  void cancel_all();
  std::vector<std::size_t> struck_nodes(FailureScope scope, bool is_broken);
  void understand();
  void on_understood();
  void on_replaced(std::size_t place, int node);

  Tokens running() const;
  Tokens left() const;
  bool is_blocking() const;
  bool uses_storage() const;
  bool storage_may_fail() const { return outages_.may_fail(site()); }
  SiteId site() const { return world_.pools[gang_.placement.pool.value].site; }
  void after_access(Seconds delay, Step step);
  void set_still(bool is_still);

  const TrainingJob& job_;
  Gang gang_;
  TokensPerSecond throughput_;  // Where no node is slow.
  LongRun run_;
  RunDraws draws_;
  Bytes checkpoint_;
  Activities& activities_;
  Transfers& transfers_;
  Repairs& repairs_;
  Sites& sites_;
  StorageOutages& outages_;
  std::function<void()> at_end_;
  std::vector<int> nodes_;  // Of the gang; kBroken in place of one that is not replaced yet.
  NodeCount still_ = 0;     // Of them, those that are told to draw what idle ones do.
  Seconds placed_;
  std::optional<Seconds> finished_;

  RunPhase phase_ = RunPhase::Restart;
  bool is_in_phase_ = false;
  std::uint64_t epoch_ = 0;           // Of timers; those of an earlier one do nothing.
  std::uint64_t armed_ = 0;           // The same of interruptions.
  std::optional<Seconds> risk_left_;  // To the interruption, when it was last armed or disarmed.
  std::optional<Seconds> due_;        // When it comes, while armed.
  std::optional<Activities::Ticket> training_, storing_, reading_;
  bool writes_ = false, reads_ = false;  // It does, or would if the storage were there.
  std::uint64_t access_ = 0;             // Of timers of what is written and read.

  Tokens before_;         // Of a run before this.
  Tokens safe_;           // In checkpoints that are written.
  Tokens written_;        // In one that is being written; 0: none is.
  Tokens trained_;        // In an interval that has ended and waits for its checkpoint.
  Tokens interval_;       // In the interval that runs; 0: none does.
  Tokens next_planned_;   // The job stops as planned once so much is saved.
  TokensPerSecond rate_;  // Since the last start.
  Seconds interval_began_;
  bool saving_waits_ = false;  // For the checkpoint before.
  bool is_stopping_ = false;   // As planned, once this checkpoint is written.

  // What the last interruption did.
  bool is_broken_ = false;
  std::vector<std::size_t> struck_;  // Places in nodes_.
  FailureScope struck_scope_ = FailureScope::Run;
  std::size_t missing_ = 0;  // Nodes of the gang, until they are replaced.
  bool is_stopped_ = false;  // Before the job was done.
};

}  // namespace chokepoint
