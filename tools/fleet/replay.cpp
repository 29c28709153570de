#include "tools/fleet/replay.hpp"

#include <algorithm>
#include <utility>

#include "models/serving/nanoseconds.hpp"

namespace chokepoint {
namespace {

double up_seconds(const PoolTally& done) {
  return to_seconds(done.up).value;
}

double busy_seconds(const PoolTally& done) {
  return static_cast<double>(done.engines.busy) / double(kTicksPerNanosecond) * 1e-9;
}

double busy_share(const PoolTally& done) {
  const double up = up_seconds(done);
  return up > 0 ? std::min(busy_seconds(done) / up, 1.0) : 0.0;
}

/// Devices are paid for all the time, those of a pool that scales from the call for a
/// replica until it is off.
std::optional<double> pool_usd(const PlannedPool& pool, const PoolTally& done, Seconds span) {
  const DeviceUpkeep& upkeep = pool.subject.upkeep;
  if (!upkeep.price) return std::nullopt;
  const double held =
      pool.asked.scaling ? to_seconds(done.held).value : double(pool.most) * span.value;
  const double share = held * pool.subject.plan.devices() / upkeep.life.value;
  return share * upkeep.price->value + pool_energy(pool, done) * upkeep.electricity.value;
}

PoolAccount account_of(const PlannedPool& pool, const PoolTally& done, Seconds span) {
  PoolAccount account;
  account.name = pool.asked.name;
  account.done = done;
  account.devices = pool.most * pool.subject.plan.devices();
  account.busy_share = busy_share(done);
  const double cache = double(pool.rules.blocks) * double(pool.rules.block.tokens);
  const double up = up_seconds(done);
  account.cache_share = cache * up > 0 ? done.engines.cache_seconds / (cache * up) : 0;
  account.energy_joules = pool_energy(pool, done);
  account.usd = pool_usd(pool, done, span);
  return account;
}

/// Passes ends on, and counts them by replica.
class Told : public FleetObserver {
public:
  explicit Told(const std::vector<ReplayListener*>& listeners) : listeners_(listeners) {}

  void ended(const EndedRequest& end) override {
    if (end.outcome == RequestOutcome::Delivered) {
      if (replicas.size() <= end.replica) replicas.resize(end.replica + 1);
      ++replicas[end.replica].delivered;
      replicas[end.replica].tokens += end.request.output;
    }
    for (ReplayListener* listener : listeners_) {
      listener->ended(end, *fleet);
      const auto at = looks ? listener->next_look() : std::nullopt;
      if (at && *at <= fleet->now()) listener->look(*fleet, fleet->now());
    }
  }

  const Fleet* fleet = nullptr;
  bool looks = false;                    // At ends, where nobody may stop on the way.
  std::vector<ReplicaAccount> replicas;  // As far as any ended there.

private:
  const std::vector<ReplayListener*>& listeners_;
};

/// Runs to the end, and stops on the way for who looks.
void run_watched(Fleet& fleet, RequestSource& source, ReplayListener& looker) {
  while (fleet.next_event(source)) {
    const auto at = looker.next_look();
    fleet.run(source, at);
    if (at && fleet.next_event(source)) looker.look(fleet, *at);
  }
}

}  // namespace

double pool_energy(const PlannedPool& pool, const PoolTally& done) {
  const DeviceUpkeep& upkeep = pool.subject.upkeep;
  const double idle = pool.idle_power_share;
  const double drawn = idle + (1 - idle) * busy_share(done);
  return upkeep.pue * pool.subject.plan.devices() * upkeep.power.value * drawn * up_seconds(done);
}

double ReplayAccount::energy_joules() const {
  double sum = 0;
  for (const PoolAccount& pool : pools) sum += pool.energy_joules;
  return sum;
}

std::optional<double> ReplayAccount::usd() const {
  double sum = 0;
  for (const PoolAccount& pool : pools) {
    if (!pool.usd) return std::nullopt;
    sum += *pool.usd;
  }
  return sum;
}

EngineTotals ReplayAccount::engines() const {
  EngineTotals sum;
  for (const PoolAccount& pool : pools) sum.add(pool.done.engines);
  return sum;
}

ReplayAccount replay(PlannedFleet& planned, RequestSource& source,
                     const std::vector<ReplayListener*>& listeners) {
  Told told(listeners);
  Fleet fleet(planned.spec(), &told);
  told.fleet = &fleet;
  told.looks = planned.run != nullptr;
  ReplayListener* looker = nullptr;
  for (ReplayListener* listener : listeners) {
    if (listener->next_look()) looker = listener;
  }
  if (planned.run) {
    planned.run(fleet, source);
  } else if (looker != nullptr) {
    run_watched(fleet, source, *looker);
  } else {
    fleet.run(source);
  }
  ReplayAccount account;
  account.span = to_seconds(fleet.now());
  account.classes = fleet.tallies();
  account.total = fleet.total();
  for (std::size_t i = 0; i < planned.pools.size(); ++i) {
    account.pools.push_back(account_of(planned.pools[i], fleet.pool(i), account.span));
  }
  account.replicas = std::move(told.replicas);
  account.replicas.resize(fleet.replicas());
  for (std::uint32_t i = 0; i < fleet.replicas(); ++i) {
    account.replicas[i].place = planned.place_of(i);
    account.replicas[i].engine = fleet.replica(i).counters();
  }
  return account;
}

}  // namespace chokepoint
