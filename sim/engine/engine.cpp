#include "sim/engine/engine.hpp"

#include <atomic>
#include <simgrid/s4u/Engine.hpp>
#include <stdexcept>

#include "sim/engine/datacenter/datacenter.hpp"
#include "sim/engine/economy/economy.hpp"
#include "sim/engine/government/government.hpp"
#include "sim/engine/kernel/configure_simgrid.hpp"
#include "sim/engine/sampler.hpp"
#include "sim/engine/site_watch.hpp"
#include "sim/engine/trade/trade.hpp"

namespace chokepoint {

namespace {

void refuse_second_run() {
  static std::atomic<bool> has_run = false;
  if (has_run.exchange(true)) {
    throw std::logic_error("run() was called twice: a process holds one simulation");
  }
}

}  // namespace

void run(const World& world, TraceSink& trace, const Progress& progress, SiteWatch* watch) {
  refuse_second_run();
  const auto engine = configure_simgrid();

  Agenda agenda(world.horizon());
  agenda.watch(progress);
  Government government(world, agenda, trace);
  Datacenter datacenter(world, agenda, trace);
  Trade trade(world, agenda, trace, government, datacenter.sites);
  Economy economy(world, agenda, trace, government, trade, datacenter);
  Sampler sampler(world, agenda, trade.supply, datacenter, trace);

  // Each room enters what it will do. What comes first on a date is told by Phase.
  government.start([&] {
    trade.reconsider();
    datacenter.on_rules([&](OrgId user, DeviceId device, Country stands_in) {
      return government.regulator.access_share(user, device, stands_in);
    });
  });
  economy.start();
  trade.start();
  datacenter.start(agenda);
  sampler.start();
  if (watch != nullptr) watch->start(world, agenda, datacenter);
  agenda.run(*engine);

  datacenter.serving.close();
  trade.book.close(agenda.now());
  economy.buyers.close();
  datacenter.scheduler.close();
  sampler.sample();
  if (watch != nullptr) watch->close();
  trace.record(RunEnded{agenda.now()});
}

}  // namespace chokepoint
