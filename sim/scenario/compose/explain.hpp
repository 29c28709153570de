#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/compose/compose.hpp"

namespace chokepoint {

/// One value of a composed scenario, as people read it.
struct ExplainedValue {
  std::string group;  ///< Path of the list's element around it: "orders[h20]"; empty: none.
  std::string field;  ///< Path inside the group.
  std::string value;  ///< Of a figure with its range: "12500 (11667 .. 13333)".
  std::string source, confidence;  ///< Of a figure or fact; else empty.
  bool has_range = false;          ///< Of a figure.
  bool is_figure = false;
  SourceLocation where;
  /// What stood there before the patch or `--set`, empty where nothing did; none: unchanged.
  std::optional<std::string> before;
};

/// Every value that is written, in the order of the schema and of the lists. Figures, facts, tests
/// of rules and lists without names are one value each.
std::vector<ExplainedValue> explain(const Composed& composed);

/// True where `path` is `prefix` or lies in it.
bool lies_in(const std::string& path, const std::string& prefix);

/// The figures that were estimated or recalled and say no range, recalled ones first.
std::vector<ExplainedValue> uncertain(const std::vector<ExplainedValue>& values);

}  // namespace chokepoint
