#pragma once

#include <optional>
#include <vector>

#include "models/world.hpp"
#include "sim/engine/kernel/agenda.hpp"

namespace chokepoint {

/// The vendors' stocks. Output accrues day by day, by schedule; it is computed when asked for.
class Supply {
public:
  Supply(const World& world, const Agenda& agenda);

  /// The line that makes `device`; nothing where none does.
  std::optional<SupplyId> line_of(DeviceId device) const;

  /// Packages in stock now.
  double stock(SupplyId line) const;

  /// Whole packages in stock now. A millionth less than a whole one counts as whole, since monthly
  /// rates are rarely exact in binary.
  double whole_packages(SupplyId line) const;

  /// Requires: units <= whole_packages(line).
  void take(SupplyId line, double units) { taken_[line.value] += units; }

  /// Adds packages made beside the schedule, and the part of them that comes from stockpiles.
  void deposit(SupplyId line, double units, double from_stockpiles);

  /// Packages deposited before this moment. Fabs deposit a month's packages on its first day, on
  /// which counters are sampled for the month before.
  double made(SupplyId line) const { return before_now(line).units; }
  /// Of those, packages made of stockpiles.
  double made_of_stockpiles(SupplyId line) const { return before_now(line).of_stockpiles; }

  /// Adds packages that a border turned back.
  void put_back(SupplyId line, double units) { taken_[line.value] -= units; }

private:
  struct Made {
    double units = 0.0, of_stockpiles = 0.0;
  };
  /// What was deposited of a line: at the latest moment on which something was, and before.
  struct Deposits {
    Made before, latest;
    Seconds latest_at;
  };
  Made before_now(SupplyId line) const;

  const World& world_;
  const Agenda& agenda_;
  std::vector<double> taken_;  // By line, less what came back.
  std::vector<Deposits> deposits_;
};

}  // namespace chokepoint
