#pragma once

#include "sim/engine/datacenter/datacenter.hpp"
#include "sim/engine/economy/buyers.hpp"
#include "sim/engine/economy/fabs.hpp"
#include "sim/engine/economy/market_diversion.hpp"
#include "sim/engine/government/government.hpp"
#include "sim/engine/trade/trade.hpp"

namespace chokepoint {

/// Who makes devices and who chooses them, month by month: fabs, buyers, and what goes around the
/// rules. Empty in a study whose deliveries are all on schedules.
struct Economy {
  Economy(const World& world, Agenda& agenda, TraceSink& trace, Government& government,
          Trade& trade, Datacenter& datacenter)
      : fabs(world, agenda, trace, government.regulator, trade.supply),
        diversion(world, agenda, trace, trade.supply, datacenter.sites, trade.book),
        buyers(world, agenda, trace, government.regulator, government.quotas, trade.supply,
               trade.market, trade.book, datacenter.stacks, diversion) {}

  /// Enters the months.
  void start() {
    fabs.start([this](SupplyId line) { return buyers.demand(line); });
    buyers.start();
  }

  Fabs fabs;
  MarketDiversion diversion;
  Buyers buyers;
};

}  // namespace chokepoint
