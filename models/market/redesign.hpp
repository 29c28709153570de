#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "models/market/design_knobs.hpp"
#include "models/market/design_value.hpp"
#include "models/policy/regime.hpp"

namespace chokepoint {

/// How vendors answer a rule with a device that it does not catch.
struct RedesignHabits {
  DesignTaste taste;
  /// Share by which designs stay off every line, in [0, 1): a design must be free as it is and with
  /// every attribute this much higher.
  Sourced<double> margin;
  Sourced<Seconds> to_announcement;  ///< From the day on which the rule is known, or leaks,
  Sourced<Seconds> to_shipment;      ///< to the first public sight and to the first packages.
};

/// The market of a design. `shipment` says route, state and buyer and holds the item of the base
/// device. A design keeps its vendor, purpose, process node, transistors and memory kind.
struct RedesignBrief {
  const Regime& regime;
  Shipment shipment;
  Date date;            ///< On which it is to be free.
  double margin = 0.0;  ///< See RedesignHabits.
};

/// The line next to which an attribute of a design lies.
struct ThresholdMargin {
  Attribute attribute = Attribute::Tpp;
  double value = 0.0;  ///< In base units, see value_of().
  /// The least threshold above the value at which raising this attribute alone gets the design
  /// caught.
  double threshold = 0.0;
  RuleId rule;  ///< That would catch it.

  /// The distance to the line, as a share of it.
  double clearance() const { return 1.0 - value / threshold; }
};

/// A design that no government controls.
struct Variant {
  DesignSetting setting;
  DeviceSpec device;
  Item item;  ///< As rules see it: a product of its own that no rule names and nobody sells yet.
  double value = 0.0;           ///< As the value function says.
  double value_retained = 0.0;  ///< Over that of the base device; above 1 where memory was added.
  std::vector<ThresholdMargin> margins;  ///< Attributes that a line is above of, by attribute.
};

/// The value of a design. Must not fall with any peak, bandwidth or memory.
using DesignWorth = std::function<double(const DeviceSpec&)>;

/// True where both gates let `shipment` pass without licence, notice or advice.
bool is_free(const Regime& regime, const Shipment& shipment, Date date);

/// The most valuable setting of `knobs` that is free; nothing where every setting is caught.
///
/// Exact: whether a design is free changes only where an attribute crosses a threshold that some
/// predicate writes, so of all pairs of cores and tensor rate between two such thresholds the one
/// with the most tensor throughput stands for the rest; links, stacks and formats are tried one by
/// one. Of equal values that with the most cores counts, whose vector units come with them, then
/// that with the most memory bandwidth and I/O, then that with the fewest formats dropped.
/// Requires: `base` is the device of `knobs`.
std::optional<Variant> best_variant(const DesignKnobs& knobs, const DeviceSpec& base,
                                    const RedesignBrief& brief, const DesignWorth& worth);

/// The variant of the greatest value, which must be measured alike: the die that a vendor takes
/// where a family has several. The first of equals; nothing where none is free.
std::optional<std::size_t> most_valuable(const std::vector<std::optional<Variant>>& variants);

/// The lines above the attributes of `item`, by attribute. Requires: `item` is free.
std::vector<ThresholdMargin> threshold_margins(const Item& item, const RedesignBrief& brief);

}  // namespace chokepoint
