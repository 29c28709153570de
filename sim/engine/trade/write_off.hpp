#pragma once

#include <vector>

#include "sim/engine/government/regulator.hpp"
#include "sim/engine/kernel/engine_component.hpp"
#include "sim/engine/trade/market.hpp"
#include "sim/engine/trade/supply.hpp"

namespace chokepoint {

/// Vendors write off stock when rules leave no order that may take it, and write it up again when
/// one may. What they make meanwhile is written off month by month. A line without orders to come
/// is left out, since no rule is the reason. This only records facts; stock and orders stay as they
/// are.
class WriteOff : private EngineComponent {
public:
  WriteOff(const World& world, Agenda& agenda, TraceSink& trace, const Regulator& regulator,
           const Supply& supply, const Marketplace& market);

  /// Enters the months, if the market of the world says that vendors write off.
  void start();

  /// Judges every line by the rules of today. Called when a rule or an exception begins or ends.
  void update();

private:
  /// What the coming orders of a line say together.
  struct Outlook {
    bool has_orders = false;
    bool may_move = false;
    RuleId held_by;  ///< Set where there are orders and none may move.
    Usd price;
  };

  Outlook outlook(SupplyId line) const;
  void write_off(SupplyId line, const Outlook& outlook);
  void restore(SupplyId line, const Outlook& outlook);

  const Regulator& regulator_;
  const Supply& supply_;
  const Marketplace& market_;
  std::vector<double> written_off_;  // Packages, by line.
};

}  // namespace chokepoint
