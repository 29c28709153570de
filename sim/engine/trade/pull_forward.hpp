#pragma once

#include <map>
#include <set>
#include <utility>
#include <vector>

#include "models/market/pull_forward.hpp"
#include "sim/engine/government/regulator.hpp"
#include "sim/engine/kernel/engine_component.hpp"
#include "sim/engine/trade/market.hpp"
#include "sim/engine/trade/supply.hpp"

namespace chokepoint {

/// Buyers bring deliveries forward when a rule is announced that will hold them back. They take
/// what supply can spare until the rule takes effect, so that buyers whom the rule spares wait no
/// longer. A delivery is brought forward once, however many rules are announced.
class PullForward : private EngineComponent {
public:
  PullForward(const World& world, Agenda& agenda, TraceSink& trace, const Regulator& regulator,
              const Supply& supply, Marketplace& market);

  /// Enters the days on which buyers learn of rules: those of announcement, or the run's first.
  void start();

private:
  void on_announced(RuleId rule);
  void on_line(RuleId id, SupplyId line);
  /// True where less of `order` moves on the first day of `rule` than on the day before.
  bool will_hold_back(const Rule& rule, const Order& order) const;
  /// What can be spared from today on until `rule` takes effect, day by day.
  std::vector<Spare> spare(const Rule& rule, SupplyId line) const;
  /// Units of `line` that fall due and will move, by date.
  std::map<Date, double> promised(const Rule& rule, SupplyId line) const;
  /// Deliveries of `order`, those that were already asked for early as nothing.
  std::vector<DueDelivery> candidates(OrderId order) const;
  PullWindow window(const Rule& rule) const;
  const Regulator& regulator_;
  const Supply& supply_;
  Marketplace& market_;
  std::set<std::pair<OrderId, std::size_t>> asked_;  // Order and delivery.
};

}  // namespace chokepoint
