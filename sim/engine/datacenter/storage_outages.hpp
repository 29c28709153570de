#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "models/random.hpp"
#include "models/training/run/placed_run.hpp"
#include "sim/engine/kernel/engine_component.hpp"

namespace chokepoint {

/// When the storages of sites are away, of which something trains that writes and reads there: each
/// fails after an exponential time at work, and is back after another one. A site whose pools fail
/// in several ways has the storage of the first of them.
class StorageOutages : private EngineComponent {
public:
  StorageOutages(const World& world, Agenda& agenda, TraceSink& trace);

  /// Called when the storage of a site fails, and when it is back.
  void on_changed(std::function<void(SiteId)> listener) { on_changed_ = std::move(listener); }

  /// Somebody writes and reads there from now on.
  void watch(SiteId site);
  bool may_fail(SiteId site) const { return storages_[site.value].has_value(); }
  bool is_away(SiteId site) const { return may_fail(site) && storages_[site.value]->is_away; }

private:
  struct Storage {
    PoolId pool;                   // As whose devices it fails.
    std::vector<PerSecond> rates;  // By mode; those of other scopes are 0.
    PerSecond rate;
    RandomStream times, causes, repairs;
    bool is_watched = false, is_away = false;
  };

  std::optional<Storage> storage_of(SiteId site) const;
  const FailureMode& draw_mode(Storage& storage) const;
  void await_failure(SiteId site);
  void on_failed(SiteId site);
  void on_back(SiteId site);

  std::vector<std::optional<Storage>> storages_;  // By site; none: it never fails.
  std::function<void(SiteId)> on_changed_;
};

}  // namespace chokepoint
