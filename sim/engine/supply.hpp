#pragma once

#include <optional>
#include <vector>

#include "models/world.hpp"
#include "sim/engine/agenda.hpp"

namespace chokepoint {

/// First day of every month after the run's start and before its end: when vendors count their
/// output, and by default when counters are sampled.
std::vector<Seconds> month_starts(const World& world);

/// The vendors' stocks. What they make accrues by their schedules, day by day, when asked for.
class Supply {
public:
  Supply(const World& world, const Agenda& agenda);

  /// The line that makes `device`; nothing where none does.
  std::optional<SupplyId> line_of(DeviceId device) const;

  /// Packages in stock now.
  double stock(SupplyId line) const;

  /// Whole packages in stock now. A millionth short of a whole one counts as whole: monthly rates
  /// are rarely exact in binary.
  double whole_packages(SupplyId line) const;

  /// Requires: units <= whole_packages(line).
  void take(SupplyId line, double units) { taken_[line.value] += units; }

  /// Packages that are made beside the schedule, and the part of them that is made of stockpiles.
  void deposit(SupplyId line, double units, double from_stockpiles);

  /// Packages that deposit() has told of since the start, and those of them made of stockpiles.
  double made(SupplyId line) const { return made_[line.value]; }
  double made_of_stockpiles(SupplyId line) const { return of_stockpiles_[line.value]; }

  /// Packages that come back from a border.
  void put_back(SupplyId line, double units) { taken_[line.value] -= units; }

private:
  const World& world_;
  const Agenda& agenda_;
  std::vector<double> taken_;                 // By line, less what came back.
  std::vector<double> made_, of_stockpiles_;  // By line.
};

}  // namespace chokepoint
