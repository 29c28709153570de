#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "models/calendar.hpp"
#include "tools/print/json_value.hpp"

namespace chokepoint {

/// Facts of one kind in two traces.
struct KindDifference {
  std::array<std::uint64_t, 2> facts{};  ///< In each.
  std::array<std::uint64_t, 2> alone{};  ///< In each and not in the other at the same moment.
};

/// A fact that one trace has and the other lacks.
struct LoneFact {
  std::size_t trace = 0;  ///< 0 or 1.
  std::string line;       ///< As fact_line() has it.
};

/// How two traces differ, fact by fact: two facts are the same where they are told alike and
/// happened at the same moment, in whatever order.
struct TraceDifference {
  std::array<std::string, 2> scenarios;
  bool same_scenario = true;  ///< By digest, and with the same seed.
  std::map<std::string, KindDifference> kinds;
  std::optional<Moment> first;  ///< When they first differ.
  std::vector<LoneFact> lone;   ///< The first of them; those of one kind and moment side by side.
  std::array<std::string, 2> truncations;  ///< As truncation() words it; empty: whole.

  bool is_none() const { return !first; }
};

/// Reads both to their ends, side by side; memory goes with the facts of one moment. Keeps the
/// first `shown` facts that differ. Throws std::runtime_error as TraceReader does.
TraceDifference difference_of(const std::array<std::filesystem::path, 2>& traces,
                              std::size_t shown);

/// For a terminal: the first day on which they differ, facts by kind, and the first facts, "-" of
/// the first trace and "+" of the second.
std::string difference_text(const TraceDifference& difference,
                            const std::array<std::string, 2>& names);

/// The same, schema "chokepoint.trace.diff/1".
JsonValue difference_json(const TraceDifference& difference,
                          const std::array<std::string, 2>& names);

}  // namespace chokepoint
