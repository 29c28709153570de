#include "models/market/redesign.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <tuple>

#include "models/market/compute_steps.hpp"

namespace chokepoint {
namespace {

// All ways to drop some of `formats`, those that drop fewest first.
std::vector<std::vector<Format>> ways_to_drop(const std::vector<Format>& formats) {
  std::vector<std::vector<Format>> ways;
  for (unsigned mask = 0; mask < (1U << formats.size()); ++mask) {
    std::vector<Format> way;
    for (std::size_t i = 0; i < formats.size(); ++i) {
      if ((mask >> i & 1U) != 0U) way.push_back(formats[i]);
    }
    ways.push_back(std::move(way));
  }
  std::ranges::stable_sort(ways, [](const auto& a, const auto& b) { return a.size() < b.size(); });
  return ways;
}

void take_attributes(const DeviceSpec& device, Item& item) {
  for (const Attribute attribute : kOfEveryChip) {
    item.attributes.set(attribute, row_of(attribute).of_device(device));
  }
}

void raise(double share, Item& item) {
  for (const Attribute attribute : kOfEveryChip) {
    const auto value = value_of(attribute, item);
    if (value) item.attributes.set(attribute, *value * (1.0 + share));
  }
}

/// An attribute, and what is turned up to bring it to a line.
struct Raised {
  Attribute attribute, turned;
};

// The sum of bandwidths reaches a line through either of them.
constexpr Raised kRaised[] = {{Attribute::Tpp, Attribute::Tpp},
                              {Attribute::PerformanceDensity, Attribute::PerformanceDensity},
                              {Attribute::MemoryBandwidth, Attribute::MemoryBandwidth},
                              {Attribute::IoBandwidth, Attribute::IoBandwidth},
                              {Attribute::TotalBandwidth, Attribute::MemoryBandwidth},
                              {Attribute::TotalBandwidth, Attribute::IoBandwidth}};

// `item` with the attribute, which it has, at `value`.
Item raised_to(const Raised& raised, double value, Item item) {
  if (raised.attribute == Attribute::TotalBandwidth) {
    const bool turns_memory = raised.turned == Attribute::MemoryBandwidth;
    value -= *value_of(turns_memory ? Attribute::IoBandwidth : Attribute::MemoryBandwidth, item);
  }
  item.attributes.set(raised.turned, value);
  return item;
}

// The first line above the attribute of `item` at which the verdict turns; none where there is
// none, or where another line is in the way.
std::optional<ThresholdMargin> first_line(const Raised& raised, double value, const Item& item,
                                          const RedesignBrief& brief) {
  Shipment shipment = brief.shipment;
  for (const double threshold : thresholds_of(brief.regime, raised.attribute)) {
    if (threshold <= value) continue;
    const double above = std::nextafter(threshold, std::numeric_limits<double>::infinity());
    shipment.item = raised_to(raised, above, item);
    if (is_free(brief.regime, shipment, brief.date)) continue;
    const auto rule = strictest(judge(brief.regime, shipment, brief.date)).rule;
    shipment.item = raised_to(raised, threshold * (1.0 - 1e-9), item);
    if (!rule || !is_free(brief.regime, shipment, brief.date)) return std::nullopt;
    return ThresholdMargin{raised.attribute, value, threshold, *rule};
  }
  return std::nullopt;
}

// Tries settings of one design, the best of them kept.
class Search {
public:
  Search(const DesignKnobs& knobs, const DeviceSpec& base, const RedesignBrief& brief,
         const DesignWorth& worth)
      : knobs_(knobs), base_(base), brief_(brief), worth_(worth), shipment_(brief.shipment) {
    // A variant is a product of its own.
    shipment_.item.id.reset();
    shipment_.item.device.reset();
    shipment_.item.sold_in = {};
  }

  std::optional<Variant> run() {
    const CutPoints cuts = cut_points(brief_.regime, brief_.margin);
    for (auto& way : ways_to_drop(knobs_.droppable)) {
      DesignSetting setting;
      setting.dropped = std::move(way);
      try_memories(setting, compute_steps(knobs_, base_, setting.dropped, cuts));
    }
    return best_;
  }

private:
  void try_memories(DesignSetting setting, const std::vector<ComputeStep>& steps) {
    for (setting.memory = 0; setting.memory < knobs_.memory.size(); ++setting.memory) {
      const MemoryOption& memory = knobs_.memory[setting.memory];
      if (memory.available && brief_.date < *memory.available) continue;
      for (setting.stacks = memory.most_stacks; setting.stacks >= 1; --setting.stacks) {
        const int fewest = std::min(1, knobs_.links);
        for (setting.links = knobs_.links; setting.links >= fewest; --setting.links) {
          try_steps(setting, steps);
        }
      }
    }
  }

  // `steps` fall in worth: the first free one is the best of them.
  void try_steps(DesignSetting setting, const std::vector<ComputeStep>& steps) {
    for (const ComputeStep& step : steps) {
      setting.cores = step.cores;
      setting.tensor_rate = step.tensor_rate;
      const DeviceSpec device = device_of(knobs_, base_, setting);
      const double value = worth_(device);
      if (best_ && !is_better(value, step.cores, device)) return;
      if (value <= 0.0 || !take_if_free(device)) continue;
      best_ = Variant{setting, device, shipment_.item, value, 0.0, {}};
      return;
    }
  }

  // Of equal values that with more of what the value does not see.
  bool is_better(double value, int cores, const DeviceSpec& device) const {
    if (value > best_->value * (1.0 + kTie)) return true;
    if (value < best_->value * (1.0 - kTie)) return false;
    const auto surplus = [](int n, const DeviceSpec& d) {
      return std::tuple(n, d.memory_bandwidth, d.io_bandwidth);
    };
    return surplus(cores, device) > surplus(best_->setting.cores, best_->device);
  }

  // Puts the item of `device` into the shipment; false where that is caught.
  bool take_if_free(const DeviceSpec& device) {
    take_attributes(device, shipment_.item);
    const Item as_designed = shipment_.item;
    bool free = is_free(brief_.regime, shipment_, brief_.date);
    if (free && brief_.margin > 0.0) {
      raise(brief_.margin, shipment_.item);
      free = is_free(brief_.regime, shipment_, brief_.date);
      shipment_.item = as_designed;
    }
    return free;
  }

  static constexpr double kTie = 1e-12;

  const DesignKnobs& knobs_;
  const DeviceSpec& base_;
  const RedesignBrief& brief_;
  const DesignWorth& worth_;
  Shipment shipment_;
  std::optional<Variant> best_;
};

}  // namespace

bool is_free(const Regime& regime, const Shipment& shipment, Date date) {
  const TwoGateRuling ruling = judge(regime, shipment, date);
  return ruling.exporter.verdict == Verdict::Free && ruling.importer.verdict == Verdict::Free &&
         ruling.admitted_share == 1.0;
}

std::optional<Variant> best_variant(const DesignKnobs& knobs, const DeviceSpec& base,
                                    const RedesignBrief& brief, const DesignWorth& worth) {
  assert(!knobs.memory.empty() && 0.0 <= brief.margin && brief.margin < 1.0);
  auto best = Search(knobs, base, brief, worth).run();
  if (!best) return best;
  best->value_retained = best->value / worth(base);
  best->margins = threshold_margins(best->item, brief);
  return best;
}

std::optional<std::size_t> most_valuable(const std::vector<std::optional<Variant>>& variants) {
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < variants.size(); ++i) {
    if (!variants[i]) continue;
    if (!best || variants[i]->value > variants[*best]->value) best = i;
  }
  return best;
}

std::vector<ThresholdMargin> threshold_margins(const Item& item, const RedesignBrief& brief) {
  std::vector<ThresholdMargin> margins;
  for (const Raised& raised : kRaised) {
    const auto value = value_of(raised.attribute, item);
    if (!value || (!margins.empty() && margins.back().attribute == raised.attribute)) continue;
    if (const auto margin_to = first_line(raised, *value, item, brief))
      margins.push_back(*margin_to);
  }
  return margins;
}

}  // namespace chokepoint
