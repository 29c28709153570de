#include "sim/engine/datacenter/remote_use.hpp"

namespace chokepoint {

RemoteUse::RemoteUse(const World& world) : world_(world) {}

bool RemoteUse::ask(const Judge& judge) {
  if (!world_.buyers.empty()) return false;
  Limits limits;
  for (const TrainingJob& job : world_.training_jobs) {
    for (const PoolId pool : job.pools) ask_of(job.owner, pool, judge, limits);
  }
  for (const InferenceService& service : world_.services) {
    for (const PoolShare& share : service.shares) ask_of(service.owner, share.pool, judge, limits);
  }
  return std::exchange(limits_, limits) != limits;
}

void RemoteUse::ask_of(OrgId owner, PoolId pool, const Judge& judge, Limits& limits) const {
  const Pool& there = world_.pools[pool.value];
  const Country stands_in = world_.sites[there.site.value].country;
  if (stands_in == world_.home_of(owner)) return;
  const double share = judge(owner, there.device, stands_in);
  if (share < 1.0) limits[{owner, pool}] = share;
}

double RemoteUse::share(OrgId owner, PoolId pool) const {
  const auto found = limits_.find({owner, pool});
  return found == limits_.end() ? 1.0 : found->second;
}

}  // namespace chokepoint
