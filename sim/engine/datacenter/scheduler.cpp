#include "sim/engine/datacenter/scheduler.hpp"

#include <algorithm>

#include "models/device_speed.hpp"
#include "models/training/run/placed_run.hpp"
#include "models/workload/transformer.hpp"
#include "sim/engine/datacenter/interrupted_run.hpp"
#include "sim/engine/datacenter/steady_run.hpp"

namespace chokepoint {

Scheduler::Scheduler(const World& world, Agenda& agenda, Activities& activities,
                     Transfers& transfers, Sites& sites, const Stacks& stacks,
                     const RemoteUse& remote_use, TraceSink& trace)
    : EngineComponent(world, agenda, trace),
      activities_(activities),
      transfers_(transfers),
      sites_(sites),
      stacks_(stacks),
      remote_use_(remote_use),
      repairs_(world, agenda, sites, trace),
      outages_(world, agenda, trace),
      lent_(world.pools.size()),
      status_(world.training_jobs.size(), Status::Absent),
      arrival_(world.training_jobs.size(), 0),
      before_(world.training_jobs.size()),
      trained_(world.sites.size()),
      gangs_(world.training_jobs.size()),
      runs_(world.training_jobs.size()) {}

void Scheduler::start() {
  sites_.on_powered([this] { request_placement(); });
  repairs_.on_returned([this] { request_placement(); });
  outages_.on_changed([this](SiteId site) { on_storage(site); });
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
  trace_.record(JobQueued{agenda_.now(), job});
  arrival_[job.value] = arrived_++;
  enqueue(job);
  request_placement();
}

// In order of arrival: who was sent off stands before those that came later.
void Scheduler::enqueue(JobId job) {
  const TrainingJob& submitted = world_.training_jobs[job.value];
  status_[job.value] = Status::Waiting;
  const auto behind = std::ranges::find_if(queue_, [&](const GangRequest& other) {
    return arrival_[other.job.value] > arrival_[job.value];
  });
  queue_.insert(behind, {job, submitted.devices, submitted.pools});
}

void Scheduler::request_placement() {
  if (placement_requested_) return;
  placement_requested_ = true;
  agenda_.at(agenda_.now(), Phase::Job, [this] { place(); });
}

void Scheduler::place() {
  placement_requested_ = false;
  repairs_.supply();
  if (!remote_use_.binds()) {
    while (const auto placement = place_head(queue_, world_.pools, sites_.states(), world_.nodes)) {
      queue_.erase(queue_.begin());
      run(*placement);
    }
    return;
  }
  while (const auto placement =
             place_head(admitted(), world_.pools, sites_.states(), world_.nodes)) {
    std::erase_if(queue_, [&](const GangRequest& one) { return one.job == placement->job; });
    run(*placement);
  }
}

std::vector<GangRequest> Scheduler::admitted() const {
  std::vector<GangRequest> admitted;
  for (GangRequest request : queue_) {
    const OrgId owner = world_.training_jobs[request.job.value].owner;
    std::erase_if(request.pools,
                  [&](PoolId pool) { return remote_use_.share(owner, pool) <= 0.0; });
    if (!request.pools.empty()) admitted.push_back(std::move(request));
  }
  return admitted;
}

void Scheduler::lend(PoolId pool, NodeCount nodes) {
  const NodeCount before = sites_.states()[pool.value].lent_nodes;
  sites_.set_lent(pool, nodes);
  if (nodes > before) request_placement();
}

void Scheduler::take_back(PoolId pool, const LendingTerms& terms) {
  const auto is_there = [&](std::uint32_t job) {
    return status_[job] == Status::Training && gangs_[job].placement.pool == pool;
  };
  const auto excess = [&] {
    const PoolState& state = sites_.states()[pool.value];
    return borrowed_nodes(world_.pools[pool.value], state) - state.lent_nodes;
  };
  while (excess() > 0) {
    std::optional<JobId> last;
    for (std::uint32_t job = 0; job < status_.size(); ++job) {
      if (is_there(job) && (!last || arrival_[job] > arrival_[last->value])) last = JobId{job};
    }
    if (!last) return;
    lent_.count(pool);
    const bool saves = time_to_save(*last, terms) <= terms.return_delay.value &&
                       !outages_.is_away(world_.pools[pool.value].site);
    const Tokens lost = stop(*last, saves);
    trace_.record(JobTakenBack{agenda_.now(), *last, pool, lost});
  }
}

Seconds Scheduler::time_to_save(JobId job, const LendingTerms& terms) const {
  const Transformer& model = world_.transformers[world_.training_jobs[job.value].transformer.value];
  const auto nodes = static_cast<double>(gangs_[job.value].placement.nodes);
  return checkpoint_size(model) / (nodes * terms.checkpoint_writes.value);
}

void Scheduler::on_rules() {
  for (std::uint32_t job = 0; job < status_.size(); ++job) {
    if (status_[job] != Status::Training) continue;
    const PoolId pool = gangs_[job].placement.pool;
    if (remote_use_.share(world_.training_jobs[job].owner, pool) > 0.0) continue;
    const Tokens lost = stop(JobId{job}, true);
    trace_.record(JobShutOut{agenda_.now(), JobId{job}, pool, lost});
  }
  request_placement();
}

Tokens Scheduler::stop(JobId job, bool saves) {
  const PoolId pool = gangs_[job.value].placement.pool;
  const StoppedRun stopped = runs_[job.value]->stop(saves);
  trained_[world_.pools[pool.value].site.value] += trained(job);
  before_[job.value] = done(job);
  const NodeCount busy = sites_.states()[pool.value].busy_nodes;
  sites_.set_busy(pool, busy - stopped.held, agenda_.now());
  enqueue(job);
  read_lent(pool);
  request_placement();
  return stopped.lost;
}

// Nodes are alike, and so lent ones have their part of what all gangs of the pool train.
void Scheduler::read_lent(PoolId pool) {
  if (world_.lending_of(pool) == nullptr) return;
  const PoolState& state = sites_.states()[pool.value];
  const NodeCount borrowed = borrowed_nodes(world_.pools[pool.value], state);
  FlopsPerSecond rate;
  for (std::size_t job = 0; job < status_.size(); ++job) {
    if (status_[job] != Status::Training || gangs_[job].placement.pool != pool) continue;
    const TrainingJob& there = world_.training_jobs[job];
    const Transformer& model = world_.transformers[there.transformer.value];
    rate += runs_[job]->throughput() * training_flops_per_token(model, there.sequence_tokens);
  }
  const auto busy = static_cast<double>(std::max(NodeCount{1}, state.busy_nodes));
  lent_.read(pool, borrowed, static_cast<double>(borrowed) / busy * rate, agenda_.now());
}

Flops Scheduler::trained(JobId job) const {
  const TrainingJob& of = world_.training_jobs[job.value];
  const Transformer& model = world_.transformers[of.transformer.value];
  return (done(job) - before_[job.value]) * training_flops_per_token(model, of.sequence_tokens);
}

Flops Scheduler::trained_at(SiteId site) const {
  Flops all = trained_[site.value];
  for (std::uint32_t job = 0; job < status_.size(); ++job) {
    if (status_[job] != Status::Training) continue;
    if (world_.pools[gangs_[job].placement.pool.value].site == site) all += trained(JobId{job});
  }
  return all;
}

void Scheduler::run(const Placement& placement) {
  const JobId job = placement.job;
  const NodeCount busy = sites_.states()[placement.pool.value].busy_nodes;
  sites_.set_busy(placement.pool, busy + placement.nodes, agenda_.now());
  gangs_[job.value] = {placement, unused_host(placement.pool)};
  status_[job.value] = Status::Training;
  // A run that was stopped may still be told of what it waited for.
  if (runs_[job.value]) stopped_.push_back(std::move(runs_[job.value]));
  runs_[job.value] = make_run(gangs_[job.value]);
  runs_[job.value]->start([this, job] { on_finished(job); });
  read_lent(placement.pool);
}

std::unique_ptr<JobRun> Scheduler::make_run(const Gang& gang) {
  const auto& [job, pool, nodes] = gang.placement;
  const TrainingJob& placed = world_.training_jobs[job.value];
  const TokensPerSecond throughput =
      gang_throughput(world_, placed, pool) *
      stacks_.factor_of_tuned(world_.pools[pool.value].device, WorkKind::Training);
  if (may_stop(world_, placed, pool)) {
    return std::make_unique<InterruptedRun>(world_, gang, throughput, before_[job.value], agenda_,
                                            activities_, transfers_, repairs_, sites_, outages_,
                                            trace_);
  }
  return std::make_unique<SteadyRun>(world_, gang, throughput, before_[job.value], agenda_,
                                     activities_, transfers_, trace_);
}

int Scheduler::unused_host(PoolId pool) const {
  std::vector<bool> used(status_.size() + 1, false);
  for (std::size_t job = 0; job < status_.size(); ++job) {
    const bool is_there = status_[job] == Status::Training && gangs_[job].placement.pool == pool;
    if (is_there) used[static_cast<std::size_t>(gangs_[job].host)] = true;
  }
  return static_cast<int>(std::ranges::find(used, false) - used.begin());
}

void Scheduler::on_storage(SiteId site) {
  const bool is_away = outages_.is_away(site);
  for (std::size_t job = 0; job < status_.size(); ++job) {
    if (status_[job] != Status::Training) continue;
    if (world_.pools[gangs_[job].placement.pool.value].site != site) continue;
    is_away ? runs_[job]->on_storage_failed() : runs_[job]->on_storage_back();
  }
}

void Scheduler::on_finished(JobId job) {
  const Placement& placement = gangs_[job.value].placement;
  const NodeCount busy = sites_.states()[placement.pool.value].busy_nodes;
  sites_.set_busy(placement.pool, busy - placement.nodes, agenda_.now());
  status_[job.value] = Status::Finished;
  trained_[world_.pools[placement.pool.value].site.value] += trained(job);
  read_lent(placement.pool);
  request_placement();
}

}  // namespace chokepoint
