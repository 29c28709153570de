#pragma once

#include <functional>
#include <utility>

#include "sim/engine/government/quotas.hpp"
#include "sim/engine/government/regulator.hpp"
#include "sim/engine/government/rulings.hpp"

namespace chokepoint {

/// What governments do: rules come and go, offers are judged, quotas are spent.
struct Government {
  Government(const World& world, Agenda& agenda, TraceSink& trace)
      : regulator(world, agenda, trace),
        rulings(world, agenda, trace, regulator),
        quotas(world, agenda, trace, regulator) {}

  /// Enters the dates on which rules change. On each, `told` is called after the new rulings.
  void start(std::function<void()> told) {
    regulator.on_change([this, told = std::move(told)] {
      rulings.update();
      told();
    });
    regulator.start();
  }

  Regulator regulator;
  Rulings rulings;
  Quotas quotas;
};

}  // namespace chokepoint
