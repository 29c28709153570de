#pragma once

#include <cstdint>

#include "models/units.hpp"
#include "sim/trace/event/timeline.hpp"

namespace chokepoint {

/// Quantities that are sampled; the comment gives what `index` counts and the unit.
enum class Counter {
  SupplyStock,           ///< supply; packages
  DevicesInstalled,      ///< pool; packages
  DevicesPowered,        ///< pool; packages
  Tpp,                   ///< pool; TPP of what is installed
  H100ePeak,             ///< pool; reference devices by 8-bit peak, installed
  H100eTraining,         ///< pool; reference devices, usable, installed
  H100ePrefill,          ///< pool; as above
  H100eDecode,           ///< pool; as above
  H100eTrainingNominal,  ///< pool; reference devices, nominal, installed
  H100ePrefillNominal,   ///< pool; as above
  H100eDecodeNominal,    ///< pool; as above
  SitePower,             ///< site; watts drawn, PUE included
  SiteEnergy,            ///< site; joules since the start
  TokensServed,          ///< service; tokens since the start
  TokensUnmet,           ///< service; tokens since the start
  TrainingTokens,        ///< job; tokens since the start
  TrainingFlops,         ///< job; model FLOPs since the start
  StackBreadth,          ///< stack; share of operators with a native kernel
  StackSpeed,            ///< stack; of its mature speed
  MonthsToMove,          ///< run (0); months to move a deployed model to another stack
  SharedArtefacts,       ///< run (0); share of models that run on both sides without porting
  Portability,           ///< run (0); share of pairs of model family and stack that run tuned
  PortingSpent,          ///< run (0); US dollars that ports cost since the start
  DevicesMade,           ///< supply; packages by fabs since the start
  MadeOfStockpiles,      ///< supply; of those, out of falling stocks of what can be cut off
  TokenCost,             ///< service; US dollars per 1e6 tokens at full load
  TrainingGoodput,       ///< job that may be stopped; training that is safe over time since placed
  LentNodeHours,         ///< pool that lends; hours of lent nodes in gangs since the start
  LentFlops,             ///< pool that lends; model FLOPs on these since the start, lost ones too
  GangsTakenBack,        ///< pool that lends; gangs that stopped for a service since the start
  UnmetInReturn,         ///< service that lends; of TokensUnmet, for nodes on their way back
  CostOfServing,         ///< site with costs; US dollars of nodes that served since the start
  CostOfTraining,        ///< site with costs; of those that gangs held
  CostOfIdle,            ///< site with costs; of the rest
  TokensServedThere,     ///< site with costs; tokens since the start
  TrainingFlopsThere,    ///< site with costs; model FLOPs since the start that are not lost
};

struct CounterSampled {
  static constexpr Timeline kTimeline = Timeline::Sample;
  Seconds time;
  Counter counter;
  std::uint32_t index = 0;
  double value = 0.0;
  bool operator==(const CounterSampled&) const = default;
};

struct RunEnded {
  Seconds time;
  bool operator==(const RunEnded&) const = default;
};

/// Counters, and the end of the run.
using SampleEvents = EventList<CounterSampled, RunEnded>;

}  // namespace chokepoint
