#pragma once

#include <string>
#include <vector>

#include "sim/indicators/headlines.hpp"
#include "sim/study/causes/attribution.hpp"

namespace chokepoint {

/// What is shown of an attribution.
struct AttributionView {
  std::vector<int> years;  ///< Each has a table; of all runs alike.
  std::size_t rows = 0;    ///< Of changes, and of rules and shortages, at most.
};

/// A table for each run but the baseline and each year: the headlines of both, their difference,
/// how much of it goes with each change and with each rule, quota and shortage, the greatest first,
/// and what their parts leave or count twice.
std::string attribution_text(const Attribution& attribution, const AttributionView& view);

/// All of it as tidy CSV: a row for each run, year, headline and switch, whatever is shown.
std::string attribution_csv(const Attribution& attribution, const std::vector<int>& years);

/// The same as JSON, schema chokepoint.attribution/1.
std::string attribution_json(const Attribution& attribution, const std::vector<int>& years);

/// What a switch is called: "US us_2022_10_07_3a090", "shortage of smic_7nm", "quota q",
/// "rules[x] and 2 more".
std::string switch_name(const Switch& off);

/// The year of the greatest difference between the baseline and any other run, of those up to
/// `last_published`; of all years where that is less than one per cent on average. Requires:
/// figures.
int telling_year(const Attribution& attribution, int last_published);

}  // namespace chokepoint
