#include "sim/engine/site_watch.hpp"

#include <algorithm>
#include <cassert>

#include "sim/engine/datacenter/datacenter.hpp"
#include "sim/engine/kernel/agenda.hpp"

namespace chokepoint {

void SiteWatch::start(const World& world, Agenda& agenda, const Datacenter& datacenter) {
  assert(seen_.asked.from < seen_.asked.until && seen_.asked.until <= world.horizon());
  world_ = &world;
  agenda_ = &agenda;
  datacenter_ = &datacenter;
  agenda.at(seen_.asked.from, Phase::Sample, [this] { begin(); });
  agenda.at(seen_.asked.until, Phase::Sample, [this] { end(); });
}

void SiteWatch::close() {
  if (!has_ended_) end();
}

bool SiteWatch::is_here(PoolId pool) const {
  return world_->pools[pool.value].site == seen_.asked.site;
}

bool SiteWatch::may_run_here(JobId job) const {
  const auto& pools = world_->training_jobs[job.value].pools;
  return std::ranges::any_of(pools, [this](PoolId pool) { return is_here(pool); });
}

void SiteWatch::begin() {
  const auto& states = datacenter_->sites.states();
  for (std::uint32_t i = 0; i < states.size(); ++i) {
    const PoolId pool{i};
    if (!is_here(pool) || states[i].powered_nodes == 0) continue;
    const DeviceId device = world_->pools[i].device;
    const Stacks& stacks = datacenter_->stacks;
    seen_.pools.push_back({pool,
                           states[i].powered_nodes,
                           {stacks.factor_of_tuned(device, WorkKind::Training),
                            stacks.factor(device, WorkKind::Prefill, 0.0),
                            stacks.factor(device, WorkKind::Decode, 0.0)}});
  }
  energy_before_ = datacenter_->sites.energy(seen_.asked.site, agenda_->now());
  begin_jobs();
  begin_services();
}

void SiteWatch::begin_jobs() {
  const Scheduler& scheduler = datacenter_->scheduler;
  std::vector<WatchedJob> later;
  const auto watched = [&](JobId job) {
    WatchedJob out;
    out.job = job;
    out.left = world_->training_jobs[job.value].tokens.value - trained_before_[job.value];
    return out;
  };
  for (std::uint32_t i = 0; i < world_->training_jobs.size(); ++i) {
    trained_before_.push_back(scheduler.done(JobId{i}));
    const JobStanding standing = scheduler.standing(JobId{i});
    const Seconds submitted = world_->calendar().at(world_->training_jobs[i].submitted);
    WatchedJob job = watched(JobId{i});
    if (standing.trains && is_here(*standing.pool)) {
      job.pool = standing.pool;
      job.throughput = standing.throughput;
      seen_.jobs.push_back(job);
    } else if (submitted > seen_.asked.from && submitted < seen_.asked.until &&
               may_run_here(JobId{i})) {
      job.submitted = submitted - seen_.asked.from;
      later.push_back(job);
    }
  }
  for (const JobId job : scheduler.waiting()) {
    if (may_run_here(job)) seen_.jobs.push_back(watched(job));
  }
  std::ranges::stable_sort(later, {}, &WatchedJob::submitted);
  seen_.jobs.insert(seen_.jobs.end(), later.begin(), later.end());
}

void SiteWatch::begin_services() {
  const auto& services = datacenter_->serving.services;
  for (std::uint32_t i = 0; i < services.size(); ++i) {
    const auto& shares = world_->services[i].shares;
    if (std::ranges::none_of(shares, [this](const PoolShare& s) { return is_here(s.pool); })) {
      continue;
    }
    WatchedService service;
    service.service = ServiceId{i};
    seen_.services.push_back(service);
    served_before_.push_back(services[i]->at_site(seen_.asked.site));
    go_on(seen_.services.size() - 1);
  }
}

void SiteWatch::go_on(std::size_t service) {
  WatchedService& seen = seen_.services[service];
  const ServiceRun& run = *datacenter_->serving.services[seen.service.value];
  const Seconds until = std::min(run.window_end(), seen_.asked.until);
  const Seconds length = until - agenda_->now();
  if (length <= Seconds{}) return;
  seen.windows.push_back({length, run.demand_at_site(seen_.asked.site) * length});
  if (until < seen_.asked.until) {
    agenda_->at(until, Phase::Sample, [this, service] { go_on(service); });
  }
}

void SiteWatch::end() {
  has_ended_ = true;
  const SiteId site = seen_.asked.site;
  const auto& scheduler = datacenter_->scheduler;
  for (WatchedJob& job : seen_.jobs) {
    const JobStanding standing = scheduler.standing(job.job);
    if (!standing.pool || !is_here(*standing.pool)) continue;
    job.trained = standing.done - trained_before_[job.job.value];
  }
  for (std::size_t i = 0; i < seen_.services.size(); ++i) {
    const ServiceId id = seen_.services[i].service;
    const ServedThere now = datacenter_->serving.services[id.value]->at_site(site);
    seen_.services[i].served = {now.demand - served_before_[i].demand,
                                now.served - served_before_[i].served};
  }
  seen_.energy = datacenter_->sites.energy(site, agenda_->now()) - energy_before_;
  const auto& states = datacenter_->sites.states();
  for (std::uint32_t i = 0; i < states.size(); ++i) {
    if (is_here(PoolId{i})) seen_.powered_at_end += states[i].powered_nodes;
  }
}

}  // namespace chokepoint
