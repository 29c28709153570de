#include "sim/engine/datacenter/storage_outages.hpp"

#include <utility>

namespace chokepoint {

StorageOutages::StorageOutages(const World& world, Agenda& agenda, TraceSink& trace)
    : EngineComponent(world, agenda, trace), storages_(world.sites.size()) {
  if (!world.interrupted_jobs) return;
  for (std::uint32_t site = 0; site < storages_.size(); ++site) {
    storages_[site] = storage_of(SiteId{site});
  }
}

std::optional<StorageOutages::Storage> StorageOutages::storage_of(SiteId site) const {
  std::uint32_t pool = 0;
  while (pool < world_.pools.size() &&
         !(world_.pools[pool].site == site && reliability_of(world_, PoolId{pool}) != nullptr)) {
    ++pool;
  }
  if (pool == world_.pools.size()) return std::nullopt;
  const std::string streams = "storage/" + world_.sites[site.value].name;
  Storage storage{PoolId{pool},
                  {},
                  {},
                  RandomStream(world_.seed, streams + "/failures"),
                  RandomStream(world_.seed, streams + "/causes"),
                  RandomStream(world_.seed, streams + "/repairs")};
  const auto spec = scaled_reliability(world_, PoolId{pool});
  for (const FailureMode& mode : spec->modes) {
    const bool is_storage = mode.scope == FailureScope::Storage;
    storage.rates.push_back(is_storage ? mode.each.value : PerSecond{});
    storage.rate += storage.rates.back();
  }
  return storage.rate > PerSecond{} ? std::optional(std::move(storage)) : std::nullopt;
}

void StorageOutages::watch(SiteId site) {
  auto& storage = storages_[site.value];
  if (storage && !std::exchange(storage->is_watched, true)) await_failure(site);
}

void StorageOutages::await_failure(SiteId site) {
  Storage& storage = *storages_[site.value];
  const Seconds time{storage.times.exponential() / storage.rate.value};
  agenda_.at(agenda_.now() + time, Phase::Job, [this, site] { on_failed(site); });
}

const FailureMode& StorageOutages::draw_mode(Storage& storage) const {
  double at = storage.causes.uniform() * storage.rate.value;
  std::size_t mode = 0;
  while (mode + 1 < storage.rates.size() && at >= storage.rates[mode].value) {
    at -= storage.rates[mode++].value;
  }
  while (storage.rates[mode] == PerSecond{}) --mode;  // Rounding led past the last.
  return reliability_of(world_, storage.pool)->modes[mode];
}

void StorageOutages::on_failed(SiteId site) {
  Storage& storage = *storages_[site.value];
  const ReliabilitySpec& spec = *reliability_of(world_, storage.pool);
  storage.is_away = true;
  trace_.record(StorageFailed{agenda_.now(), site, draw_mode(storage).name});
  on_changed_(site);
  const Seconds away = spec.repair_of(FailureScope::Storage) * storage.repairs.exponential();
  agenda_.at(agenda_.now() + away, Phase::Job, [this, site] { on_back(site); });
}

void StorageOutages::on_back(SiteId site) {
  storages_[site.value]->is_away = false;
  trace_.record(StorageReturned{agenda_.now(), site});
  await_failure(site);
  on_changed_(site);
}

}  // namespace chokepoint
