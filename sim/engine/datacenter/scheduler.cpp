#include "sim/engine/datacenter/scheduler.hpp"

#include <algorithm>

#include "models/device_speed.hpp"
#include "models/training/run/placed_run.hpp"
#include "sim/engine/datacenter/interrupted_run.hpp"
#include "sim/engine/datacenter/steady_run.hpp"

namespace chokepoint {

Scheduler::Scheduler(const World& world, Agenda& agenda, Activities& activities,
                     Transfers& transfers, Sites& sites, const Stacks& stacks, TraceSink& trace)
    : EngineComponent(world, agenda, trace),
      activities_(activities),
      transfers_(transfers),
      sites_(sites),
      stacks_(stacks),
      repairs_(world, agenda, sites, trace),
      status_(world.training_jobs.size(), Status::Absent),
      gangs_(world.training_jobs.size()),
      runs_(world.training_jobs.size()) {}

void Scheduler::start() {
  sites_.on_powered([this] { request_placement(); });
  repairs_.on_returned([this] { request_placement(); });
  for (std::uint32_t i = 0; i < world_.training_jobs.size(); ++i) {
    const Seconds submitted = world_.calendar().at(world_.training_jobs[i].submitted);
    agenda_.at(std::max(submitted, Seconds{}), Phase::Job, [this, i] { on_submitted(JobId{i}); });
  }
}

Tokens Scheduler::done(JobId job) const {
  const auto& run = runs_[job.value];
  return run ? run->done() : Tokens{};
}

std::optional<double> Scheduler::goodput(JobId job) const {
  const auto& run = runs_[job.value];
  return run ? run->goodput() : std::nullopt;
}

JobStanding Scheduler::standing(JobId job) const {
  const Status status = status_[job.value];
  JobStanding standing;
  standing.waits = status == Status::Waiting;
  standing.trains = status == Status::Training;
  standing.done = done(job);
  if (const auto& run = runs_[job.value]) {
    standing.pool = gangs_[job.value].placement.pool;
    standing.throughput = run->throughput();
  }
  return standing;
}

std::vector<JobId> Scheduler::waiting() const {
  std::vector<JobId> jobs;
  for (const GangRequest& request : queue_) jobs.push_back(request.job);
  return jobs;
}

void Scheduler::close() const {
  for (std::uint32_t i = 0; i < status_.size(); ++i) {
    if (status_[i] != Status::Waiting && status_[i] != Status::Training) continue;
    if (runs_[i] && runs_[i]->has_done_all()) {
      trace_.record(JobFinished{agenda_.now(), JobId{i}});  // On the run's last instant.
    } else {
      trace_.record(JobUnfinished{agenda_.now(), JobId{i}, done(JobId{i})});
    }
  }
}

void Scheduler::on_submitted(JobId job) {
  const TrainingJob& submitted = world_.training_jobs[job.value];
  trace_.record(JobQueued{agenda_.now(), job});
  status_[job.value] = Status::Waiting;
  queue_.push_back({job, submitted.devices, submitted.pools});
  request_placement();
}

void Scheduler::request_placement() {
  if (placement_requested_) return;
  placement_requested_ = true;
  agenda_.at(agenda_.now(), Phase::Job, [this] { place(); });
}

void Scheduler::place() {
  placement_requested_ = false;
  repairs_.supply();
  while (const auto placement = place_head(queue_, world_.pools, sites_.states(), world_.nodes)) {
    queue_.erase(queue_.begin());
    run(*placement);
  }
}

void Scheduler::run(const Placement& placement) {
  const JobId job = placement.job;
  const NodeCount busy = sites_.states()[placement.pool.value].busy_nodes;
  sites_.set_busy(placement.pool, busy + placement.nodes, agenda_.now());
  gangs_[job.value] = {placement, unused_host(placement.pool)};
  status_[job.value] = Status::Training;
  runs_[job.value] = make_run(gangs_[job.value]);
  runs_[job.value]->start([this, job] { on_finished(job); });
}

std::unique_ptr<JobRun> Scheduler::make_run(const Gang& gang) {
  const auto& [job, pool, nodes] = gang.placement;
  const TrainingJob& placed = world_.training_jobs[job.value];
  const TokensPerSecond throughput =
      gang_throughput(world_, placed, pool) *
      stacks_.factor_of_tuned(world_.pools[pool.value].device, WorkKind::Training);
  if (may_stop(world_, placed, pool)) {
    return std::make_unique<InterruptedRun>(world_, gang, throughput, agenda_, activities_,
                                            transfers_, repairs_, sites_, trace_);
  }
  return std::make_unique<SteadyRun>(world_, gang, throughput, agenda_, activities_, transfers_,
                                     trace_);
}

int Scheduler::unused_host(PoolId pool) const {
  std::vector<bool> used(status_.size() + 1, false);
  for (std::size_t job = 0; job < status_.size(); ++job) {
    const bool is_there = status_[job] == Status::Training && gangs_[job].placement.pool == pool;
    if (is_there) used[static_cast<std::size_t>(gangs_[job].host)] = true;
  }
  return static_cast<int>(std::ranges::find(used, false) - used.begin());
}

void Scheduler::on_finished(JobId job) {
  const Placement& placement = gangs_[job.value].placement;
  const NodeCount busy = sites_.states()[placement.pool.value].busy_nodes;
  sites_.set_busy(placement.pool, busy - placement.nodes, agenda_.now());
  status_[job.value] = Status::Finished;
  request_placement();
}

}  // namespace chokepoint
