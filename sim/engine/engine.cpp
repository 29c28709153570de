#include "sim/engine/engine.hpp"

#include <atomic>
#include <simgrid/s4u/Engine.hpp>
#include <stdexcept>

#include "sim/engine/datacenter/stacks.hpp"
#include "sim/engine/economy/buyers.hpp"
#include "sim/engine/economy/fabs.hpp"
#include "sim/engine/government/rulings.hpp"
#include "sim/engine/kernel/configure_simgrid.hpp"
#include "sim/engine/sampler.hpp"
#include "sim/engine/trade/market.hpp"
#include "sim/engine/trade/order_diversion.hpp"
#include "sim/engine/trade/pull_forward.hpp"
#include "sim/engine/trade/substitution.hpp"
#include "sim/engine/trade/write_off.hpp"

namespace chokepoint {

namespace {

void refuse_second_run() {
  static std::atomic<bool> has_run = false;
  if (has_run.exchange(true)) {
    throw std::logic_error("run() was called twice: a process holds one simulation");
  }
}

Sampler::Services services_of(const World& world, Agenda& agenda, Sites& sites,
                              const Stacks& stacks, TraceSink& trace) {
  Sampler::Services services;
  for (std::uint32_t i = 0; i < world.services.size(); ++i) {
    services.push_back(
        std::make_unique<ServiceRun>(world, ServiceId{i}, agenda, sites, stacks, trace));
  }
  return services;
}

}  // namespace

void run(const World& world, TraceSink& trace, const Progress& progress) {
  refuse_second_run();
  const auto engine = configure_simgrid();
  const Platform platform(world);

  Agenda agenda(world.horizon());
  agenda.watch(progress);
  Activities activities(agenda, platform);
  Regulator regulator(world, agenda, trace);
  Rulings rulings(world, agenda, trace, regulator);
  Supply supply(world, agenda);
  Sites sites(world);
  OrderBook book(world, trace);
  Quotas quotas(world, agenda, trace, regulator);
  Shipping shipping(world, agenda, trace, regulator, quotas, supply, book, sites);
  Marketplace market(world, agenda, trace, regulator, quotas, supply, book, shipping);
  Substitution substitution(world, agenda, regulator, quotas, supply, market, book, shipping);
  PullForward pull_forward(world, agenda, trace, regulator, supply, market);
  WriteOff write_off(world, agenda, trace, regulator, supply, market);
  OrderDiversion order_diversion(world, agenda, trace, book, sites);
  Fabs fabs(world, agenda, trace, regulator, supply);
  Stacks stacks(world, agenda, sites);
  MarketDiversion grey(world, agenda, trace, supply, sites);
  Buyers buyers(world, agenda, trace, regulator, quotas, supply, market, book, stacks, grey);
  Transfers transfers(agenda, activities, trace);
  Scheduler scheduler(world, agenda, activities, transfers, sites, stacks, trace);
  const auto services = services_of(world, agenda, sites, stacks, trace);
  Sampler sampler(world, agenda, supply, sites, stacks, scheduler, services, trace);

  regulator.on_change([&rulings, &market, &write_off] {
    rulings.update();
    market.reconsider();
    write_off.update();
  });
  regulator.start();
  sites.start(agenda);
  pull_forward.start();
  fabs.start([&buyers](SupplyId line) { return buyers.demand(line); });
  stacks.start();
  market.start();
  write_off.start();
  order_diversion.start();  // Before substitutes: who can get what was refused buys nothing else.
  substitution.start();     // After the market: those who waited try before anybody buys.
  buyers.start();
  scheduler.start();
  for (const auto& service : services) service->start();
  sampler.start();
  agenda.run(*engine);

  for (const auto& service : services) service->close();
  book.close(agenda.now());
  buyers.close();
  scheduler.close();
  sampler.sample();
  trace.record(RunEnded{agenda.now()});
}

}  // namespace chokepoint
