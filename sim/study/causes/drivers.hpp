#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace chokepoint {

/// What a draw took, by path; see drawn_inputs().
using InputsOfDraw = std::map<std::string, double>;

/// An input, and what it explains of how a number scatters over draws.
struct Driver {
  std::string path;
  /// Its first-order Sobol index, as a straight line through the draws has it: the share of the
  /// variance that would be gone, on average, were the input known. Less what as many draws of
  /// nothing would show, so that it may fall below 0.
  double first_order = 0.0;
  double standard_error = 0.0;  ///< Of it, from draws taken again with replacement.
  double per_deviation = 0.0;   ///< What one standard deviation of the input adds to the number.
  /// How often the strongest of as many inputs that drive nothing explains as much, in (0, 1].
  double chance = 1.0;
};

/// How inputs rank.
struct Drivers {
  std::vector<Driver> ranked;  ///< The strongest first, no more than were asked for.
  std::size_t inputs = 0;      ///< That differ among draws.
  std::size_t draws = 0;
  double deviation = 0.0;  ///< Standard deviation of the number.
  /// Of the first-order indices of those whose chance is at most kDriverChance.
  double explained = 0.0;
};

/// An input counts as a driver where chance alone would do as much in one case of twenty.
inline constexpr double kDriverChance = 0.05;
/// Fewest draws that inputs are ranked by.
inline constexpr std::size_t kLeastDrawsToRank = 20;

/// Ranks what was drawn by what it explains of `numbers`, one for each of `inputs`: the square of
/// the correlation. Chances and errors come of `seed`, which gives the same for the same draws. An
/// input that a draw has not took its middle there, 0. Nothing where there are fewer draws than
/// kLeastDrawsToRank, or where all numbers are alike.
///
/// Valid as far as the number follows the input in a straight line; of draws that are independent.
/// Those that history matching kept are not quite that. Total indices, with what inputs do
/// together, take runs in which one input alone is drawn again.
/// Source: Saltelli et al., "Global Sensitivity Analysis: The Primer", 2008, ch. 1; chances as in
/// Westfall and Young, "Resampling-Based Multiple Testing", 1993.
std::optional<Drivers> drivers_of(const std::vector<InputsOfDraw>& inputs,
                                  const std::vector<double>& numbers, std::size_t most,
                                  std::uint64_t seed);

}  // namespace chokepoint
