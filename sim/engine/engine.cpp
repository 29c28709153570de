#include "sim/engine/engine.hpp"

#include <atomic>
#include <simgrid/s4u/Engine.hpp>
#include <stdexcept>

#include "sim/engine/configure_simgrid.hpp"
#include "sim/engine/market.hpp"
#include "sim/engine/sampler.hpp"
#include "sim/engine/substitution.hpp"

namespace chokepoint {

namespace {

void refuse_second_run() {
  static std::atomic<bool> has_run = false;
  if (has_run.exchange(true)) {
    throw std::logic_error("run() was called twice: a process holds one simulation");
  }
}

Sampler::Services services_of(const World& world, Agenda& agenda, Sites& sites, TraceSink& trace) {
  Sampler::Services services;
  for (std::uint32_t i = 0; i < world.services.size(); ++i) {
    services.push_back(std::make_unique<ServiceRun>(world, ServiceId{i}, agenda, sites, trace));
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
  Supply supply(world, agenda);
  Sites sites(world);
  OrderBook book(world, trace);
  Shipping shipping(world, agenda, trace, regulator, supply, book, sites);
  Marketplace market(world, agenda, trace, regulator, supply, book, shipping);
  Substitution substitution(world, agenda, regulator, supply, market, book, shipping);
  Transfers transfers(agenda, activities, trace);
  Scheduler scheduler(world, agenda, activities, transfers, sites, trace);
  const auto services = services_of(world, agenda, sites, trace);
  Sampler sampler(world, agenda, supply, sites, scheduler, services, trace);

  regulator.on_change([&market] { market.reconsider(); });
  regulator.start();
  sites.start(agenda);
  market.start();
  substitution.start();  // After the market: those who waited try before anybody buys.
  scheduler.start();
  for (const auto& service : services) service->start();
  sampler.start();
  agenda.run(*engine);

  for (const auto& service : services) service->close();
  book.close(agenda.now());
  scheduler.close();
  sampler.sample();
  trace.record(RunEnded{agenda.now()});
}

}  // namespace chokepoint
