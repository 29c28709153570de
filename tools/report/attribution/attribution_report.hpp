#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "sim/study/causes/attribution.hpp"

namespace chokepoint {

/// What is shown of an attribution.
struct AttributionView {
  std::vector<int> years;  ///< Each has its tables; of all runs alike.
  std::size_t rows = 0;    ///< Of levers, and of rules and shortages, at most.
};

/// For each run but the baseline and each year: a table with the headlines of both, their
/// difference, what goes with each lever, with its standard error and its share of the difference,
/// the greatest first, and the remainder; then one with what would vanish with each rule, quota and
/// shortage off.
std::string attribution_text(const Attribution& attribution, const AttributionView& view);

/// All of it as tidy CSV: a row for each run, year, headline and cause, whatever is shown. `kind`
/// is change, remainder, rule, quota or shortage; changes and remainder add up to `difference`.
/// `standard_error` is of changes alone, `share_of_difference` nothing where that is 0.
std::string attribution_csv(const Attribution& attribution, const std::vector<int>& years);

/// The same as JSON, schema chokepoint.attribution/2, with the changes of each lever.
std::string attribution_json(const Attribution& attribution, const std::vector<int>& years);

/// The year of the greatest difference between the baseline and any other run, of those up to
/// `last_published`; of all years where that is less than one per cent on average. Requires:
/// figures.
int telling_year(const Attribution& attribution, int last_published);

}  // namespace chokepoint
