#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "models/market/buyer.hpp"
#include "models/performance/serving_group.hpp"
#include "models/random.hpp"
#include "sim/engine/datacenter/fleet_losses.hpp"
#include "sim/engine/datacenter/lent_share.hpp"
#include "sim/engine/datacenter/remote_use.hpp"
#include "sim/engine/datacenter/scheduler.hpp"
#include "sim/engine/datacenter/sites.hpp"
#include "sim/engine/datacenter/stacks.hpp"
#include "sim/engine/kernel/engine_component.hpp"

namespace chokepoint {

/// Serves one deployed model, a demand window at a time, with its shares of the devices that have
/// power when the window begins, as fast as their stacks are by then. Of a share that it lends from
/// it keeps what the window needs; what gangs held of that serves when it has returned. Rules may
/// take devices abroad away within a window, and so may what fails. The last window ends with the
/// run.
class ServiceRun : private EngineComponent {
public:
  ServiceRun(const World& world, ServiceId service, Agenda& agenda, Sites& sites,
             const Stacks& stacks, const RemoteUse& remote_use, Scheduler& scheduler,
             TraceSink& trace);

  /// Enters the first window.
  void start();

  /// Since the start, as of the end of the last window.
  Tokens served() const { return served_; }
  Tokens unmet() const { return unmet_; }
  /// Of these, the ones that nodes would have served which were on their way back from gangs.
  Tokens unmet_in_return() const { return unmet_in_return_; }

  /// The rules on work abroad are others from now on.
  void on_rules() { look_again(); }

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
  void look_again();
  /// The devices of one of its shares.
  struct Fleet {
    PoolShare share;
    DeviceId device;
    const Offer* offer = nullptr;  // Of its device; none where nobody sells it.
    int group = 1;                 // Devices that hold the model together.
    double part = 0.0;             // Of the capacity in this window.
    ServedThere so_far;            // In windows that have ended.
    std::optional<LentShare> lent = std::nullopt;
    std::unique_ptr<FleetLosses> losses = nullptr;  // None: nothing fails.
  };
  /// A stretch of a window in which the capacity stays the same.
  struct Piece {
    Seconds from;
    TokensPerSecond capacity;
    TokensPerSecond returned;  // What it would be if nothing were on its way back.
  };
  Seconds next_length() const;
  TokensPerSecond demand(Seconds length);
  TokensPerSecond mean_demand_of(Seconds length) const;
  /// Of one device at what the catalogue says, where 1, 2, 4 ... devices are at hand.
  const std::vector<ServingRates>& rates(DeviceId device) const;
  /// Of one device as its stack is today.
  TokensPerSecond rate(const Fleet& fleet, double devices) const;
  /// Of all its devices, and of so many.
  TokensPerSecond capacity(const Fleet& fleet) const { return capacity(fleet, devices(fleet)); }
  TokensPerSecond capacity(const Fleet& fleet, double devices) const;
  TokensPerSecond capacity() const;
  /// Of what serves at a date if nothing else happens, with what is on its way back or without.
  TokensPerSecond capacity_at(Seconds date, bool all_returned) const;
  double nodes_at(const Fleet& fleet, Seconds date) const;
  /// Nodes of a fleet that keep up with its part of the demand, the least that do.
  double needed(const Fleet& fleet) const;
  /// Looks at what serves from now on to the end of the window.
  void go_on();
  void set_serving(TokensPerSecond capacity);
  WindowOutcome outcome(const Piece& piece, Seconds until, TokensPerSecond capacity) const;
  double part_at(SiteId site) const;
  std::optional<UsdPerToken> cost_per_token() const;
  /// Of its share, those that are missing included.
  double held_nodes(const Fleet& fleet) const;
  double missing_nodes(const Fleet& fleet) const {
    return fleet.losses ? static_cast<double>(fleet.losses->missing()) : 0.0;
  }
  double devices(const Fleet& fleet) const;
  double devices_per_node(const Fleet& fleet) const {
    return world_.nodes[world_.pools[fleet.share.pool.value].node.value].devices_per_node;
  }

  ServiceId id_;
  const InferenceService& service_;
  Sites& sites_;
  const Stacks& stacks_;
  const RemoteUse& remote_use_;
  std::vector<Fleet> fleets_;                             // By share.
  mutable std::vector<std::vector<ServingRates>> rates_;  // By device; once it serves.
  RandomStream variation_;
  std::size_t windows_begun_ = 0;
  Seconds began_;              // The current window,
  Seconds window_;             // and its length.
  TokensPerSecond wanted_;     // In it.
  std::vector<Piece> pieces_;  // Of it.
  WindowOutcome outcome_;
  Tokens in_return_;  // Of outcome_.unmet.
  Tokens served_, unmet_, unmet_in_return_;
  std::optional<UsdPerToken> cost_;
};

}  // namespace chokepoint
