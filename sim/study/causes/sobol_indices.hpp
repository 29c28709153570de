#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace chokepoint {

/// Name of all inputs that a design does not name, taken together.
inline constexpr const char* kOtherInputs = "all other inputs";

/// What an input explains of how a number scatters. Estimates: an index that is small may come out
/// below 0.
struct SobolIndex {
  std::string path;
  /// First-order index: the share of the variance that would be gone, on average, were the input
  /// known.
  double alone = 0.0, alone_error = 0.0;
  /// Total index: the share that would be left were all but the input known. What it does together
  /// with others counts for each of them, so that totals may add up to more than 1.
  double in_all = 0.0, in_all_error = 0.0;
};

/// The indices of a Saltelli design.
struct SobolIndices {
  std::vector<SobolIndex> ranked;  ///< By total index, the greatest first; kOtherInputs among them.
  std::size_t rows = 0;            ///< Whole rows of the design.
  double deviation = 0.0;          ///< Standard deviation of the number.
};

/// Fewest whole rows that indices are worth.
inline constexpr std::size_t kLeastRows = 16;

/// The indices of `inputs`, as designed_draw() has them, from the number that each draw found; rows
/// of which a draw is missing are left out. Standard errors come of rows taken again with
/// replacement, by `seed`: somewhat too large, since rows of a Sobol sequence are not independent.
/// Nothing where there are fewer than kLeastRows rows, or where all numbers are alike.
///
/// Valid of any number, also where it does not follow inputs in straight lines. Source: estimators
/// (b) and (f) of Saltelli et al., Computer Physics Communications 181 (2010), table 2; (f) is
/// Jansen's.
std::optional<SobolIndices> sobol_indices(const std::vector<std::string>& inputs,
                                          const std::map<int, double>& number_of_draw,
                                          std::uint64_t seed);

}  // namespace chokepoint
