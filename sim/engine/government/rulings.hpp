#pragma once

#include <vector>

#include "sim/engine/government/regulator.hpp"
#include "sim/engine/kernel/engine_component.hpp"

namespace chokepoint {

/// Records the ruling on the goods of every order, whenever it differs from the last one. Before
/// the run's first day everything is free.
class Rulings : private EngineComponent {
public:
  Rulings(const World& world, Agenda& agenda, TraceSink& trace, const Regulator& regulator);

  /// Judges orders by the rules of today. Called when a rule or an exception begins or ends. Does
  /// nothing where nobody hears reasons.
  void update();

private:
  RulingGiven ruling_on(OrderId id) const;

  const Regulator& regulator_;
  std::vector<RulingGiven> last_;  // By order; their times do not count.
};

}  // namespace chokepoint
