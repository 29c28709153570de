#include "models/policy/attribute.hpp"

#include <cassert>

namespace chokepoint {
namespace {

using Known = std::optional<double>;

template <class Q>
Known base(const std::optional<Q>& quantity) {
  return quantity ? Known(quantity->value) : std::nullopt;
}

Known score(const DeviceSpec& device) {
  const double greatest = tpp(device.peaks);
  return greatest > 0.0 ? Known(greatest) : Known();
}

// Rules speak of DRAM: memory on the die is none.
Known dram_bandwidth(const DeviceSpec& device) {
  return device.memory_kind == MemoryKind::OnDie ? Known(0.0) : base(device.memory_bandwidth);
}

using OfDevice = Known (*)(const DeviceSpec&);

/// What the numbers of a field count.
struct Count {
  const char* unit;
  const char* one;
  double in_base_units = 1.0;
};

constexpr AttributeRow number(Attribute attribute, const char* field, const char* name,
                              const Count& count, Statement stated = {}, OfDevice of = nullptr) {
  if (*stated.field == '\0') stated.field = field;
  if (*stated.one == '\0') stated.one = count.one;
  return {attribute, field, name, count.unit, count.one, count.in_base_units,
          false,     "",    "",   {},         stated,    of};
}

constexpr AttributeRow yes_no(Attribute attribute, const char* field, const char* name,
                              const char* yes, const char* no, Statement stated,
                              OfDevice of = nullptr, Known assumed = {}) {
  stated.field = field;
  return {attribute, field, name, "", "", 1.0, true, yes, no, assumed, stated, of};
}

constexpr Count kScore{"", "1e12 operations per second times bits"};
constexpr Count kDensity{"TPP/mm2", "a TPP per square millimeter"};
constexpr Count kBandwidth{"GB/s", "1e9 bytes per second", 1e9};
constexpr Count kNanometers{"nm", "a nanometer"};
constexpr Count kBillions{"billion", "1e9 transistors", 1e9};
constexpr Count kBandwidthDensity{"GB/s/mm2", "1e9 bytes per second and mm^2", 1e9};

// A new attribute is an enumerator, a row here and its fields in proto/chokepoint/v1/policy.proto.
constexpr AttributeRow kRows[] = {
    number(Attribute::Tpp, "tpp", "TPP", kScore,
           {"--tpp", "Total processing performance", 0.0, 1e8}, score),
    number(Attribute::PerformanceDensity, "performance_density", "density", kDensity,
           {"--die-area-mm2", "Applicable die area, for the density", 0.0, 1e5, false,
            "die_area_mm2", "a square millimeter"},
           performance_density),
    number(Attribute::MemoryBandwidth, "memory_bandwidth_gb_s", "memory bandwidth", kBandwidth,
           {"--memory-bandwidth-gb-s", "Of its DRAM; 0 where it has none", 0.0, 1e6, true},
           dram_bandwidth),
    number(Attribute::IoBandwidth, "io_bandwidth_gb_s", "I/O bandwidth", kBandwidth,
           {"--io-bandwidth-gb-s", "All links, both directions added; 0 where it has none", 0.0,
            1e6, true},
           [](const DeviceSpec& d) { return base(d.io_bandwidth); }),
    number(Attribute::TotalBandwidth, "total_bandwidth_gb_s", "memory and I/O bandwidth",
           kBandwidth),
    yes_no(
        Attribute::DesignedForDatacenter, "designed_for_datacenter",
        "designed or marketed for data centers", "for data centers", "not for data centers",
        {"--datacenter,!--no-datacenter",
         "Designed or marketed for data centers (default), or not"},
        [](const DeviceSpec& d) { return Known(d.designed_for_datacenter); }, 1.0),
    number(Attribute::ProcessNode, "process_node_nm", "process node", kNanometers,
           {"--process-node-nm", "As the foundry calls it", 0.1, 1e4},
           [](const DeviceSpec& d) { return d.process_node_nm; }),
    yes_no(Attribute::Nonplanar, "nonplanar", "made of transistors that are not planar",
           "transistors not planar", "planar transistors",
           {"--nonplanar,!--planar", "Transistors that are not planar, or planar ones"}),
    number(Attribute::Transistors, "transistors_bn", "transistors", kBillions,
           {"--transistors-bn", "Of the package, in 1e9", 1e-6, 1e5},
           [](const DeviceSpec& d) { return d.transistors; }),
    yes_no(Attribute::HasHbm, "has_hbm", "with high-bandwidth memory in the package", "with HBM",
           "without HBM", {"--has-hbm,!--no-hbm", "High-bandwidth memory in the package, or none"},
           [](const DeviceSpec& d) {
             return d.memory_kind ? Known(d.memory_kind == MemoryKind::Hbm) : Known();
           }),
    number(Attribute::HbmDensity, "hbm_bandwidth_density", "HBM bandwidth density",
           kBandwidthDensity,
           {"--hbm-density", "Bandwidth of a memory stack per mm2 of its package, GB/s/mm2", 1e-6,
            1e5}),
};

constexpr bool are_in_order() {
  for (std::size_t i = 0; i < std::size(kRows); ++i) {
    if (static_cast<std::size_t>(kRows[i].attribute) != i) return false;
  }
  return std::size(kRows) == kAttributes;
}
static_assert(are_in_order());

}  // namespace

std::span<const AttributeRow, kAttributes> attributes() {
  return kRows;
}

const AttributeRow& row_of(Attribute attribute) {
  return kRows[static_cast<std::size_t>(attribute)];
}

Attributes::Attributes() {
  for (const AttributeRow& row : kRows) set(row.attribute, row.assumed);
}

std::optional<double> Attributes::total_bandwidth() const {
  const auto memory = (*this)[Attribute::MemoryBandwidth];
  const auto io = (*this)[Attribute::IoBandwidth];
  return memory && io ? Known(*memory + *io) : Known();
}

void Attributes::state(Attribute attribute, double figure) {
  assert(row_of(attribute).statement.is_given());
  if (attribute == Attribute::Tpp) set(Attribute::PerformanceDensity, std::nullopt);
  if (attribute == Attribute::PerformanceDensity) {
    if (const auto score = (*this)[Attribute::Tpp]) set(attribute, *score / figure);
    return;
  }
  set(attribute, figure);
}

Attributes attributes_of(const DeviceSpec& device) {
  Attributes known;
  for (const AttributeRow& row : kRows) {
    if (row.of_device != nullptr) known.set(row.attribute, row.of_device(device));
  }
  return known;
}

bool holds(const Bound& bound, const Attributes& known) {
  const auto value = known[bound.attribute];
  if (!value) return false;
  switch (bound.comparison) {
    case Comparison::AtLeast:
      return *value >= bound.threshold;
    case Comparison::AtMost:
      return *value <= bound.threshold;
    case Comparison::Above:
      return *value > bound.threshold;
    case Comparison::Below:
      return *value < bound.threshold;
    case Comparison::Is:
      return *value == bound.threshold;
  }
  return false;
}

}  // namespace chokepoint
