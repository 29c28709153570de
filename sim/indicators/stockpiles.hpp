#pragma once

#include <map>
#include <utility>

#include "models/world.hpp"
#include "sim/indicators/ledger.hpp"

namespace chokepoint {

/// What devices are made of, by year, from what a run sampled.
class Stockpiles {
public:
  Stockpiles(const World& world, const Ledger& ledger);

  /// Of what fabs made of `device` in `year`, what was made of stockpiles, in [0, 1]; 0 where they
  /// made none.
  double share(DeviceId device, int year) const;

private:
  struct Made {
    double all = 0.0, of_stockpiles = 0.0;  // Packages.
  };
  std::map<std::pair<std::uint32_t, int>, Made> made_;
};

}  // namespace chokepoint
