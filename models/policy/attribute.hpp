#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>

#include "models/hardware/device.hpp"

namespace chokepoint {

/// What rules look at of a thing: numbers that they set bounds on, and what is or is not. In the
/// order in which files and tables list them; attribute.cpp says the rest of each.
enum class Attribute {
  Tpp,
  PerformanceDensity,
  MemoryBandwidth,
  IoBandwidth,     ///< All links, both directions added.
  TotalBandwidth,  ///< Memory and I/O; known when both are.
  DesignedForDatacenter,
  ProcessNode,  ///< Of the logic die.
  Nonplanar,    ///< FinFET or gate-all-around.
  Transistors,  ///< Of the final package.
  HasHbm,       ///< In the package.
  HbmDensity    ///< Bytes per second per mm^2 of a stack's package.
};
inline constexpr std::size_t kAttributes = static_cast<std::size_t>(Attribute::HbmDensity) + 1;

/// What of every chip is told, known or not; a design is these four.
inline constexpr std::array kOfEveryChip = {Attribute::Tpp, Attribute::PerformanceDensity,
                                            Attribute::MemoryBandwidth, Attribute::IoBandwidth};

/// How people state an attribute of a thing, in an item of a file or on a command line.
struct Statement {
  const char* flag = "";  ///< "--tpp", "--planar,!--nonplanar"; empty: it follows from others.
  const char* help = "";
  double least = 0.0;  ///< Believable, in the unit of `field`; 0: any positive number.
  double most = 0.0;
  bool may_be_none = false;  ///< 0 is a figure: a chip without DRAM has bandwidth 0.
  const char* field = "";    ///< Of the schema.
  const char* one = "";      ///< What 1 of `field` stands for.

  bool is_given() const { return *flag != '\0'; }
};

/// One attribute in every respect but what it means for a rule.
struct AttributeRow {  // NOLINT(clang-analyzer-optin.performance.Padding): as read.
  Attribute attribute;
  const char* field;  ///< As predicates and JSON call it: "memory_bandwidth_gb_s".
  const char* name;   ///< For people: "memory bandwidth"; of what is, "with HBM in the package".
  const char* unit;   ///< For people; empty for a plain score.
  const char* one;    ///< What 1 of `field` stands for.
  double in_base_units;
  bool is_yes_no;
  const char *yes, *no;           ///< In a list of attributes: "with HBM", "without HBM".
  std::optional<double> assumed;  ///< Where nobody says.
  Statement statement;            ///< How it comes to be known of a thing,
  std::optional<double> (*of_device)(const DeviceSpec&);  ///< and of a device; null: it does not.
};

/// All attributes, in their order.
std::span<const AttributeRow, kAttributes> attributes();

/// That of `attribute`.
const AttributeRow& row_of(Attribute attribute);

/// What is known of one thing.
class Attributes {
public:
  /// What is assumed where nobody says.
  Attributes();

  /// In base units (bytes per second, nanometers, transistors, bytes per second per mm^2, plain
  /// scores); 1 of what is and 0 of what is not; nothing where it is not known.
  std::optional<double> operator[](Attribute attribute) const {
    if (attribute == Attribute::TotalBandwidth) return total_bandwidth();
    return values_[static_cast<std::size_t>(attribute)];
  }

  /// Requires: not the total bandwidth, which follows from its parts.
  void set(Attribute attribute, std::optional<double> value) {
    values_[static_cast<std::size_t>(attribute)] = value;
  }

  /// Takes what is stated, in base units. The performance density is stated by the die area, after
  /// TPP; a new TPP makes that of another unknown.
  void state(Attribute attribute, double figure);

private:
  std::optional<double> total_bandwidth() const;

  std::array<std::optional<double>, kAttributes> values_;
};

/// The attributes of a device of the catalogue.
Attributes attributes_of(const DeviceSpec& device);

/// How a bound compares: AtLeast and AtMost include the number itself. Is: yes or no.
enum class Comparison { AtLeast, AtMost, Above, Below, Is };

/// A comparison as the schema's bounds on numbers end, lower bounds before upper ones, and as
/// people write it.
struct ComparisonRow {
  Comparison comparison;
  const char* suffix;
  const char* sign;
};
inline constexpr ComparisonRow kComparisons[] = {{Comparison::AtLeast, "_at_least", ">="},
                                                 {Comparison::Above, "_above", ">"},
                                                 {Comparison::Below, "_below", "<"},
                                                 {Comparison::AtMost, "_at_most", "<="}};

/// One bound on one attribute, as a rule writes it.
struct Bound {
  Attribute attribute = Attribute::Tpp;
  Comparison comparison = Comparison::AtLeast;
  double threshold = 0.0;  ///< In base units; with Is, 1 for yes and 0 for no.
};

/// True where the attribute is known and within `bound`. Nothing is rounded. Does not allocate.
bool holds(const Bound& bound, const Attributes& known);

}  // namespace chokepoint
