#pragma once

#include <cstdint>
#include <optional>
#include <variant>

#include "models/ecosystem/stock.hpp"
#include "models/ids.hpp"
#include "models/software/maturity.hpp"
#include "models/units.hpp"
#include "sim/trace/policy_event.hpp"

namespace chokepoint {

/// How much detail a trace keeps; each level includes those before it.
enum class TraceLevel { Site, Job };

/// A delivery of an order fell due: these units are "ordered" from now on.
struct DeliveryDue {
  Seconds time;
  OrderId order;
  DeviceId device;
  double units = 0.0;
};

/// Units that the vendor could not supply on the day; they wait for the next output.
struct DeliveryBackordered {
  Seconds time;
  OrderId order;
  DeviceId device;
  double units = 0.0;
};

/// Units that left the vendor. A substitute was bought with the refused budget of `order`: another
/// device, or the same on the way around.
struct ShipmentSent {
  Seconds time;
  OrderId order;
  bool substitute = false;
  DeviceId device;
  PoolId pool;
  double units = 0.0;
  std::optional<ExceptionId> exception;  ///< Under which they move.
};

/// Units that reached their site and now belong to a stock there.
struct ShipmentDelivered {
  Seconds time;
  OrderId order;
  bool substitute = false;
  DeviceId device;
  double units = 0.0;
  ChipStock stock;  ///< Where they stand, whose they are, under what status; `units` unset.
  Usd revenue;      ///< Booked on delivery: what a border turns back earns nothing.
  Usd government_receipts;
};

/// The account of an order when the run ends: ordered = delivered + refused + outstanding.
/// Substitutes are not counted.
struct OrderClosed {
  Seconds time;
  OrderId order;
  DeviceId device;
  double ordered = 0.0, delivered = 0.0, refused = 0.0;
  double outstanding = 0.0;  ///< Waiting for supply, license or quota, or under way.
};

/// What a device was short of where more were wanted than could be made, and by how much one more
/// unit of the scarcest stage would have helped. Told each month.
struct SupplyBottleneck {
  Seconds time;
  SupplyId supply;
  DeviceId device;
  double units = 0.0;  ///< Made in the month.
  ComponentId component;
  std::optional<StageId> stage;   ///< Of those in the minimum cut, that with the greatest price.
  double devices_per_unit = 0.0;  ///< Its shadow price: packages for one more unit.
  std::optional<double> wanted;   ///< Packages, more than `units`; unset: all that can be made.
};

/// What the buyer of an order wished for of its device for one kind of work in the year that ends,
/// what became of that, and why it did; means are over packages wished for.
struct ChoiceMade {
  Seconds time;
  OrderId order;
  DeviceId device;
  WorkKind work = WorkKind::Training;
  double bought = 0.0;       ///< Packages.
  double refused = 0.0;      ///< Packages, by a government.
  double not_there = 0.0;    ///< Packages of first choices that were let through and sold out.
  Usd spent;                 ///< Charges passed through included.
  double roof = 0.0;         ///< Of one package: reference devices at the work, nominal.
  double useful_rate = 0.0;  ///< What stack and ports make of that.
  Usd monthly_cost;          ///< Of owning one package.
  double preference = 0.0;   ///< Rest of the utility: captivity, less risk and porting.

  /// Packages, whatever became of them.
  double wished() const { return bought + refused + not_there; }
};

struct JobQueued {
  Seconds time;
  JobId job;
};
struct JobPlaced {
  Seconds time;
  JobId job;
  PoolId pool;
  int nodes = 0;
  TokensPerSecond throughput;  ///< Of the whole gang.
};
struct SegmentBegan {
  Seconds time;
  JobId job;
};
struct SegmentEnded {
  Seconds time;
  JobId job;
  Tokens tokens;
};
struct CheckpointSent {
  Seconds time;
  JobId job;
  SiteId from, to;
  Bytes size;
};
struct CheckpointArrived {
  Seconds time;
  JobId job;
  SiteId from, to;
  Bytes size;
};
struct JobFinished {
  Seconds time;
  JobId job;
};
/// The run ended before the job did, whether it was waiting or training.
struct JobUnfinished {
  Seconds time;
  JobId job;
  Tokens done;
};

/// One demand window of one service, recorded when it ends.
struct WindowServed {
  Seconds time;
  ServiceId service;
  Seconds length;
  Tokens demand, capacity, served, unmet;
};

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
  StackSpeed,            ///< stack; of its ripe speed
  MonthsToMove,          ///< run (0); months to move a deployed model to another stack
  SharedArtefacts,       ///< run (0); share of models that run on both sides without porting
  Portability,           ///< run (0); share of pairs of model family and stack that run tuned
  PortingSpent,          ///< run (0); US dollars that ports cost since the start
  DevicesMade,           ///< supply; packages by fabs since the start
  MadeOfStockpiles,      ///< supply; of those, out of falling stocks of what can be cut off
  TokenCost,             ///< service; US dollars per 1e6 tokens at full load
};

struct CounterSampled {
  Seconds time;
  Counter counter;
  std::uint32_t index = 0;
  double value = 0.0;
};

struct RunEnded {
  Seconds time;
};

/// One fact about the run, at one simulated time. Facts come in order of time.
using TraceEvent =
    std::variant<RuleBegan, RuleEnded, ExceptionBegan, ExceptionEnded, RulingGiven, DeliveryDue,
                 ShipmentRefused, LicenseFiled, LicenseDecided, QuotaDrawn, QuotaExhausted,
                 DeliveryBackordered, ShipmentSent, ShipmentDelivered, FeePaid, DeliveryPulled,
                 StockWrittenOff, StockRestored, ShipmentSeized, SupplyBottleneck, ChoiceMade,
                 OrderClosed, JobQueued, JobPlaced, SegmentBegan, SegmentEnded, CheckpointSent,
                 CheckpointArrived, JobFinished, JobUnfinished, WindowServed, CounterSampled,
                 RunEnded>;

/// The coarsest level that keeps the fact: segments and windows are Job, the rest is Site.
/// Samples are Site: the sampler decides how many there are.
TraceLevel level_of(const TraceEvent& event);

/// When the fact happened.
Seconds time_of(const TraceEvent& event);

}  // namespace chokepoint
