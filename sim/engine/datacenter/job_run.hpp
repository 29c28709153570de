#pragma once

#include <functional>
#include <optional>

#include "models/cluster/allocation.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// Where a gang runs.
struct Gang {
  Placement placement;
  int host = 0;  ///< Of the pool's hosts, the one that carries its work, and no other gang's.
};

/// What the end of a run before its job was done took and left.
struct StoppedRun {
  Tokens lost;
  NodeCount held = 0;  ///< Nodes that were busy for it.
};

/// A placed training job, as its scheduler sees it.
class JobRun {
public:
  JobRun() = default;
  virtual ~JobRun() = default;
  JobRun(const JobRun&) = delete;
  JobRun& operator=(const JobRun&) = delete;

  /// Begins; `at_end` is called when the job is done.
  virtual void start(std::function<void()> at_end) = 0;

  /// Tokens trained so far and not lost, what runs now included.
  virtual Tokens done() const = 0;
  /// Of the whole gang while it trains at its pace.
  virtual TokensPerSecond throughput() const = 0;
  /// True where nothing is left to do.
  virtual bool has_done_all() const = 0;

  /// Ends it before the job is done; done() is then what is safe. What was trained since the last
  /// checkpoint is lost, unless `saves`: then a checkpoint of this moment is. Gives the nodes back.
  virtual StoppedRun stop(bool saves) = 0;

  /// The storage of its site fails, or is back.
  virtual void on_storage_failed() {}
  virtual void on_storage_back() {}

  /// Training that is safe over time since the job was placed; nothing where nothing may stop it.
  virtual std::optional<double> goodput() const { return std::nullopt; }
};

}  // namespace chokepoint
