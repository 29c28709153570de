#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tools/page/page.hpp"

namespace chokepoint {

/// Values of one thing, rising: of a cluster or a queue policy.
struct NamedValues {
  std::string name;
  std::vector<double> values;
};

/// Quantiles of each, from the first to the 99.9th of a hundred: how many wait how long. Columns
/// are called as the things with `suffix`, such as "_ttft_s". Things without values are left out.
PageFigure quantile_figure(const std::string& id, const std::vector<NamedValues>& things,
                           const std::string& suffix, const std::string& unit,
                           const std::string& along);

/// A number that changes at moments, as (moment, change) in any order.
struct NamedChanges {
  std::string name;
  std::vector<std::pair<double, double>> changes;
};

/// What each sums up to over time, from 0 to the last change in `bins` steps: the mean of a step,
/// so that no short peak is lost or widened. Seconds are told in minutes, hours or days where they
/// are many.
PageFigure level_figure(const std::string& id, std::vector<NamedChanges> things,
                        const std::string& suffix, const std::string& unit, std::size_t bins);

/// "92 on one, 66 on two": the greatest values of the drawn columns of `figure`, the greatest
/// first.
std::string peaks_in_words(const PageFigure& figure, const std::string& preposition);

/// What every page of a replay says of itself.
std::vector<PageFact> replay_facts(const std::string& what, const std::string& seed,
                                   const std::string& version);

}  // namespace chokepoint
