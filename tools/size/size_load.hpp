#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "models/serving/sizing/highest_rate.hpp"
#include "models/units.hpp"
#include "sim/logs/log_requests.hpp"
#include "sim/scenario/text/diagnostics.hpp"

namespace chokepoint {

/// Requests to size for, and what is known of them.
struct SizeLoad {
  SizingLoad load;
  Tokens prompt, output;       ///< Mean lengths.
  std::optional<double> rate;  ///< Requests a second in the mean; unset: of no rate of its own.
  std::string text;            ///< "lengths log-normal, ...": how it is drawn, in words.
};

/// Poisson arrivals; lengths log-normal round their means with a standard deviation of `spread`
/// means, none longer than kLongest of them, and prompts so short that they go into `context` with
/// their answers, which 0 does not limit. Requires: means >= 1, spread in [0, 5], both means within
/// the context.
SizeLoad drawn_load(Tokens prompt, Tokens output, double spread, std::int64_t context = 0);

inline constexpr double kLongest = 16;

/// The first kMostOfLog requests of a log again and again, a pass a mean gap after the one before,
/// in faster or slower time for other rates than its own; Poisson arrivals where it has none. A
/// share of them is drawn one by one, and takes as long as all of them: bursts stay as short. Seeds
/// other than 1 begin elsewhere in it. The rate is kLeastLogRate at least, of which `text` tells.
/// Blocks of prompts are forgotten: no prefix is shared. Longer requests than `context` are left
/// out, which `text` says; 0 limits none. Nothing, with complaints in `found`, where it cannot be
/// read or all of its requests are longer.
std::optional<SizeLoad> logged_load(const std::filesystem::path& log,
                                    const RequestLogOptions& options, std::int64_t context,
                                    Diagnostics& found);

inline constexpr std::size_t kMostOfLog = 20'000;
inline constexpr double kLeastLogRate = 1.0 / 3600;  ///< Requests a second.

}  // namespace chokepoint
