#pragma once

#include <functional>
#include <vector>

#include "models/scoring/hindcast.hpp"
#include "sim/sweep/information_set.hpp"

namespace chokepoint {

/// How far it is run from the last day that is known: every period that begins within a year ends.
inline constexpr int kForecastMonths = 14;

/// How the past is forecast.
struct RollingMethod {
  std::vector<Date> origins;       ///< Last day that is known.
  int draws = 40;                  ///< For each origin.
  bool policy_as_it_came = false;  ///< Rules that came later are known all the same.
  int workers = 1;
  HindcastMethod scoring;
};

/// Forecasts of every published series from every origin, a year ahead.
///
/// For each origin the scenario is run as it was known then, with all its draws. Draws that do not
/// agree with the `calibrate` figures known on that day are dropped (history matching): of each,
/// the root mean square over series of its mean error there, on the series' scale over the spread
/// that is expected of the model; those within twice the best are kept, at least a third. What the
/// model missed by at the origin is carried on, fading by 0.8 a quarter. The band is that of the
/// draws that were kept.
std::vector<HindcastSeries> rolling_forecasts(Composed composed, const RollingMethod& method,
                                              const std::function<void(int, int)>& told);

}  // namespace chokepoint
