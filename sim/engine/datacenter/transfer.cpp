#include "sim/engine/datacenter/transfer.hpp"

namespace chokepoint {

Transfers::Transfers(Agenda& agenda, Activities& activities, TraceSink& trace)
    : agenda_(agenda), activities_(activities), trace_(trace) {}

void Transfers::send(JobId job, SiteId from, SiteId to, Bytes size) {
  if (from == to) return;
  trace_.record(CheckpointSent{agenda_.now(), job, from, to, size});
  activities_.send(from, to, size, [this, job, from, to, size] {
    trace_.record(CheckpointArrived{agenda_.now(), job, from, to, size});
  });
}

}  // namespace chokepoint
