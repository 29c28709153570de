#pragma once

#include <optional>
#include <vector>

#include "models/market/buyer.hpp"
#include "models/performance/serving_group.hpp"
#include "models/random.hpp"
#include "sim/engine/datacenter/sites.hpp"
#include "sim/engine/datacenter/stacks.hpp"
#include "sim/engine/kernel/engine_component.hpp"

namespace chokepoint {

/// Serves one deployed model, a demand window at a time, with its shares of the devices that have
/// power when the window begins, as fast as their stacks are by then. The last window ends with the
/// run.
class ServiceRun : private EngineComponent {
public:
  ServiceRun(const World& world, ServiceId service, Agenda& agenda, Sites& sites,
             const Stacks& stacks, TraceSink& trace);

  /// Enters the first window.
  void start();

  /// Since the start, as of the end of the last window.
  Tokens served() const { return served_; }
  Tokens unmet() const { return unmet_; }

  /// What a token costs at full load in the current window; none where demand does not answer to it
  /// or nothing has power.
  std::optional<UsdPerToken> cost() const { return cost_; }

  /// At a site, so far: of what was asked for in a window, each pool has the share that it has of
  /// the capacity; of the window that goes on, what has passed.
  ServedThere at_site(SiteId site) const;
  /// Asked for at a site per second in the window that goes on.
  TokensPerSecond demand_at_site(SiteId site) const;
  /// When the window that goes on ends.
  Seconds window_end() const { return began_ + window_; }

  /// Ends the last window; to be called at the end of the run.
  void close() { end_window(); }

private:
  void begin_window();
  void end_window();
  /// The devices of one of its shares.
  struct Fleet {
    PoolShare share;
    DeviceId device;
    const Offer* offer = nullptr;  // Of its device; none where nobody sells it.
    int group = 1;                 // Devices that hold the model together.
    double part = 0.0;             // Of the capacity in this window.
    ServedThere so_far;            // In windows that have ended.
  };
  Seconds next_length() const;
  TokensPerSecond demand(Seconds length);
  TokensPerSecond mean_demand_of(Seconds length) const;
  /// Of one device at what the catalogue says, where 1, 2, 4 ... devices are at hand.
  const std::vector<ServingRates>& rates(DeviceId device) const;
  /// Of one device as its stack is today.
  TokensPerSecond rate(const Fleet& fleet) const;
  TokensPerSecond capacity(const Fleet& fleet) const;
  TokensPerSecond capacity() const;
  double part_at(SiteId site) const;
  std::optional<UsdPerToken> cost_per_token() const;
  double devices(const Fleet& fleet) const {
    return fleet.share.share * sites_.powered_devices(fleet.share.pool);
  }

  ServiceId id_;
  const InferenceService& service_;
  Sites& sites_;
  const Stacks& stacks_;
  std::vector<Fleet> fleets_;                             // By share.
  mutable std::vector<std::vector<ServingRates>> rates_;  // By device; once it serves.
  RandomStream variation_;
  std::size_t windows_begun_ = 0;
  Seconds began_;   // The current window,
  Seconds window_;  // and its length.
  WindowOutcome outcome_;
  Tokens served_, unmet_;
  std::optional<UsdPerToken> cost_;
};

}  // namespace chokepoint
