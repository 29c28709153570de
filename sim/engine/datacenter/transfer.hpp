#pragma once

#include "sim/engine/kernel/activities.hpp"
#include "sim/trace/sink.hpp"

namespace chokepoint {

/// Sends copies of checkpoints between sites. Flows that share a line share its bandwidth.
class Transfers {
public:
  Transfers(Agenda& agenda, Activities& activities, TraceSink& trace);

  /// Sends one checkpoint of `job`. A copy for the site that it is already at crosses no line and
  /// is not sent.
  void send(JobId job, SiteId from, SiteId to, Bytes size);

private:
  Agenda& agenda_;
  Activities& activities_;
  TraceSink& trace_;
};

}  // namespace chokepoint
