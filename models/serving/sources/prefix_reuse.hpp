#pragma once

#include <cstdint>

#include "models/serving/request.hpp"

namespace chokepoint {

/// What a cache of prefixes without bounds would find again.
struct PrefixReuse {
  std::uint64_t blocks = 0;  ///< Of all prompts.
  std::uint64_t known = 0;   ///< Those at the head of a prompt that an earlier one named.

  /// By blocks; 0 where there are none.
  double share() const {
    return blocks == 0 ? 0.0 : static_cast<double>(known) / static_cast<double>(blocks);
  }
};

/// Of all requests of `source`, each known as soon as it arrives. Takes memory for every name of a
/// block. Requires: a source that does not wait for ends.
PrefixReuse unbounded_prefix_reuse(RequestSource& source);

}  // namespace chokepoint
