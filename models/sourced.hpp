#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "models/ids.hpp"

namespace chokepoint {

/// How well a figure is known, from best to worst.
enum class Confidence { Official, Reported, Estimated, Memory };

/// One number from the world as its file states it: in the unit of `path`, with its range.
struct Input {
  std::string path;  ///< Such as "devices[nv_h20_96].memory_bandwidth_gb_s".
  double value = 0.0;
  std::optional<double> low;   ///< 5 % point; with `high` or not at all.
  std::optional<double> high;  ///< 95 % point.
  Confidence confidence = Confidence::Memory;
  SourceId source;
};

/// A quantity together with the input that it was read from.
template <class Q>
struct Sourced {
  Q value{};
  std::optional<InputId> input;  ///< Unset: a default or a choice of the author.

  bool operator==(const Sourced&) const = default;
};

/// Width of the range over the value, (high - low) / |value|; nothing where there is no range or
/// the value is zero.
std::optional<double> relative_width(const Input& input);

/// The input that deserves the least trust: the lowest confidence; among those the widest relative
/// range, where no range counts as wider than any; among those the first in `candidates`.
/// Nothing where there are no candidates.
std::optional<InputId> least_certain(std::span<const InputId> candidates,
                                     const std::vector<Input>& inputs);

}  // namespace chokepoint
