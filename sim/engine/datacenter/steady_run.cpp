#include "sim/engine/datacenter/steady_run.hpp"

#include <algorithm>
#include <utility>

namespace chokepoint {

SteadyRun::SteadyRun(const World& world, const Gang& gang, TokensPerSecond throughput,
                     Tokens trained, Agenda& agenda, Activities& activities, Transfers& transfers,
                     TraceSink& trace)
    : EngineComponent(world, agenda, trace),
      job_(world.training_jobs[gang.placement.job.value]),
      gang_(gang),
      activities_(activities),
      transfers_(transfers),
      throughput_(throughput),
      trained_(trained) {}

void SteadyRun::start(std::function<void()> at_end) {
  at_end_ = std::move(at_end);
  const Placement& placement = gang_.placement;
  trace_.record(
      JobPlaced{agenda_.now(), placement.job, placement.pool, placement.nodes, throughput_});
  begin_segment();
}

Tokens SteadyRun::done() const {
  const Tokens running = throughput_ * (agenda_.now() - segment_began_);
  return trained_ + std::min(running, segment_.tokens);
}

bool SteadyRun::has_done_all() const {
  return next_segment(job_, done(), throughput_).tokens <= Tokens{};
}

void SteadyRun::begin_segment() {
  segment_ = next_segment(job_, trained_, throughput_);
  segment_began_ = agenda_.now();
  if (segment_.tokens <= Tokens{}) {
    trace_.record(JobFinished{agenda_.now(), gang_.placement.job});
    at_end_();
    return;
  }
  trace_.record(SegmentBegan{agenda_.now(), gang_.placement.job});
  training_ = activities_.work(gang_.placement.pool, gang_.host, segment_.duration,
                               [this] { on_segment_end(); });
}

StoppedRun SteadyRun::stop(bool saves) {
  const Tokens unsaved = done() - trained_;
  if (training_) activities_.cancel(*training_);
  segment_ = {};
  if (saves) trained_ += unsaved;
  trace_.record(SegmentEnded{agenda_.now(), gang_.placement.job, saves ? unsaved : Tokens{}});
  return {saves ? Tokens{} : unsaved, gang_.placement.nodes};
}

void SteadyRun::on_segment_end() {
  const JobId job = gang_.placement.job;
  trained_ += segment_.tokens;
  trace_.record(SegmentEnded{agenda_.now(), job, segment_.tokens});
  if (job_.checkpoint_copy) {
    const Transformer& model = world_.transformers[job_.transformer.value];
    transfers_.send(job, world_.pools[gang_.placement.pool.value].site, *job_.checkpoint_copy,
                    checkpoint_size(model));
  }
  begin_segment();
}

}  // namespace chokepoint
