#pragma once

#include <simgrid/forward.h>
#include <cstdint>
#include <functional>
#include <memory>

#include "sim/engine/kernel/agenda.hpp"
#include "sim/engine/kernel/platform.hpp"

namespace chokepoint {

/// SimGrid's activities in flight. The end of each is an entry of the agenda, in phase Job, run
/// once however often SimGrid reports it; of those that end together, the first begun comes first.
class Activities {
public:
  using Handler = std::function<void()>;

  /// Names an activity that was begun.
  struct Ticket {
    const simgrid::s4u::Activity* activity = nullptr;
    std::uint64_t number = 0;
  };

  Activities(Agenda& agenda, const Platform& platform);

  /// Keeps a core of the pool's host number `host` busy for `duration`, then calls. A duration
  /// below kLeastDuration counts as that: after ten years the clock knows nothing finer.
  Ticket work(PoolId pool, int host, Seconds duration, Handler at_end);

  /// Sends `size` from site to site, then calls. Requires: a route between them.
  Ticket send(SiteId from, SiteId to, Bytes size, Handler at_end);

  /// Writes `size` from a gang of `job` in `pool` to the storage of their site, or reads it, then
  /// calls. Requires: the site has storage, and something may stop the job there.
  Ticket store(JobId job, PoolId pool, StorageUse use, Bytes size, Handler at_end);

  /// Ends it now, and calls nobody. One that has ended calls nobody any more.
  void cancel(const Ticket& ticket);

  static constexpr Seconds kLeastDuration{1e-3};

private:
  struct Flights;

  Ticket start(const simgrid::s4u::ActivityPtr& activity, Handler at_end);

  Agenda& agenda_;
  const Platform& platform_;
  std::shared_ptr<Flights> flights_;  // Shared with SimGrid's callback, which outlives us.
  std::uint64_t begun_ = 0;
};

}  // namespace chokepoint
