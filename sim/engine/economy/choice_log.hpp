#pragma once

#include <array>
#include <vector>

#include "models/world.hpp"
#include "sim/engine/economy/appraisal.hpp"
#include "sim/trace/sink.hpp"

namespace chokepoint {

/// What became of one wish of a buyer, in packages.
struct WishOutcome {
  double bought = 0.0;
  double refused = 0.0;    ///< By a government.
  double not_there = 0.0;  ///< Of first choices that were let through: the vendor had none left.
};

/// Collects over a year what buyers wished for, for which work, and why, so that a trace explains
/// the market shares of devices.
class ChoiceLog {
public:
  ChoiceLog(const World& world, TraceSink& trace);

  /// `price`: of a package, with charges passed through.
  void note(const BlanketOrder& blanket, WorkKind kind, const Appraised& appraised,
            const WishOutcome& outcome, Usd price);

  /// Records the sums since the last call, and begins anew.
  void close(Seconds now);

private:
  struct Sums {
    WishOutcome outcome;
    Usd spent, cost;
    double roof = 0.0, useful = 0.0, preference = 0.0;  // Times packages wished for.
  };

  const World& world_;
  TraceSink& trace_;
  std::vector<std::array<Sums, 3>> sums_;  // By order and kind of work.
};

}  // namespace chokepoint
