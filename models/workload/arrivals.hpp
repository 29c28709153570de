#pragma once

#include <optional>
#include <vector>

#include "models/random.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// How evenly requests come: the law of the gaps between them.
struct Gaps {
  enum class Kind { Even, Exponential, Gamma, Weibull };

  Kind kind = Kind::Exponential;  ///< Exponential gaps make Poisson arrivals.
  double shape = 1;               ///< Of Gamma and Weibull; below 1 requests come in bursts.
};

/// A gap as a share of the mean gap: its mean is 1. Requires: shape > 0.
double draw_gap(const Gaps& gaps, RandomStream& random);

/// Standard deviation of gaps over their mean: 0 where they are even, 1 in Poisson arrivals.
///
///   Gamma  1 / sqrt(k)     Weibull  sqrt(G(1 + 2/k) / G(1 + 1/k)^2 - 1),   G the Gamma function
double variation(const Gaps& gaps);

/// The gaps of `kind` with that variation, Weibull to one part in a billion. Even and exponential
/// gaps have no choice. Requires: variation in [0.01, 100] for Gamma and Weibull.
Gaps gaps_of_variation(Gaps::Kind kind, double variation);

/// From a moment on, so many requests a second, with these gaps.
struct RateStep {
  Seconds from;
  double per_second = 0;
  Gaps gaps = {};
};

/// Requests a second over time. Requires: the first step from 0 on, the others after it in order,
/// no rate negative; a period ends after the last step begins.
struct RateCurve {
  std::vector<RateStep> steps;
  Seconds period = {};  ///< After it all begins anew; 0: the last step goes on.
};

/// Always the same rate.
RateCurve constant_rate(double per_second, Gaps gaps = {});

/// A day that repeats, in steps of a quarter of an hour: `mean` (1 + `swing` cos), highest at
/// `peak` after midnight. Its mean is `mean`. Requires: swing in [0, 1].
RateCurve diurnal_rate(double mean, double swing, Seconds peak, Gaps gaps = {});

/// The step in force at `time`. Requires: time >= 0.
const RateStep& step_at(const RateCurve& curve, Seconds time);

/// Moments at which requests arrive. A gap of unit mean ends where the integral of the rate has
/// grown by it, so that a rate may change within a gap, and a rate twice as high is the same stream
/// in half the time.
class Arrivals {
public:
  Arrivals(RateCurve curve, const RandomStream& random);

  /// The next moment, after 0 at the first call; nothing where no request comes any more.
  std::optional<Seconds> next();

private:
  RateCurve curve_;
  RandomStream random_;
  double per_period_ = 0;  ///< Requests of one period.
  Seconds now_;
};

}  // namespace chokepoint
