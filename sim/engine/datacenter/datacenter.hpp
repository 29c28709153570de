#pragma once

#include <memory>
#include <vector>

#include "sim/engine/datacenter/remote_use.hpp"
#include "sim/engine/datacenter/scheduler.hpp"
#include "sim/engine/datacenter/service.hpp"
#include "sim/engine/datacenter/sites.hpp"
#include "sim/engine/datacenter/stacks.hpp"
#include "sim/engine/datacenter/transfer.hpp"
#include "sim/engine/kernel/activities.hpp"
#include "sim/engine/kernel/platform.hpp"

namespace chokepoint {

/// All services of a world.
struct Serving {
  Serving(const World& world, Agenda& agenda, TraceSink& trace, Sites& sites, const Stacks& stacks,
          const RemoteUse& remote_use, Scheduler& scheduler) {
    for (std::uint32_t i = 0; i < world.services.size(); ++i) {
      services.push_back(std::make_unique<ServiceRun>(world, ServiceId{i}, agenda, sites, stacks,
                                                      remote_use, scheduler, trace));
    }
  }

  /// Enters the first window of each.
  void start() {
    for (const auto& service : services) service->start();
  }

  /// Ends the last window of each.
  void close() {
    for (const auto& service : services) service->close();
  }

  std::vector<std::unique_ptr<ServiceRun>> services;  ///< By id.
};

/// What stands at the sites and what it does: chips and their software, training jobs, services.
struct Datacenter {
  /// Builds the platform. Requires: SimGrid is configured and has none.
  Datacenter(const World& world, Agenda& agenda, TraceSink& trace)
      : platform(world),
        activities(agenda, platform),
        sites(world),
        stacks(world, agenda, sites),
        transfers(agenda, activities, trace),
        remote_use(world),
        scheduler(world, agenda, activities, transfers, sites, stacks, remote_use, trace),
        serving(world, agenda, trace, sites, stacks, remote_use, scheduler) {}

  /// Enters what is in place, the months of the stacks, all submissions and the first windows.
  void start(Agenda& agenda) {
    sites.start(agenda);
    stacks.start();
    scheduler.start();
    serving.start();
  }

  /// Rules changed: what owners may not work with any longer stops, and what they may again starts.
  void on_rules(const RemoteUse::Judge& judge) {
    if (!remote_use.ask(judge)) return;
    scheduler.on_rules();
    for (const auto& service : serving.services) service->on_rules();
  }

  Platform platform;
  Activities activities;
  Sites sites;
  Stacks stacks;
  Transfers transfers;
  RemoteUse remote_use;
  Scheduler scheduler;
  Serving serving;
};

}  // namespace chokepoint
