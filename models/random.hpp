#pragma once

#include <cstdint>
#include <string_view>

#include <boost/random/mersenne_twister.hpp>

namespace chokepoint {

/// Of 95 % of a standard normal variable: ranges of figures end so many deviations out.
inline constexpr double kNormal95 = 1.6448536269514722;

/// One step of splitmix64: inputs that differ in one bit give outputs that differ in half of them.
/// For what is drawn of an id wherever and whenever it is asked for; else a stream.
std::uint64_t splitmix64(std::uint64_t x);

/// A stream of random numbers with a name. Every consumer has its own, drawn from the scenario's
/// seed and the name (splitmix64 over the seed and the name's FNV-1a hash), so that a new consumer
/// does not shift anybody else's draws and two scenarios of one seed are paired.
class RandomStream {
public:
  /// The stream `name` of the scenario's `seed`.
  RandomStream(std::uint64_t seed, std::string_view name);

  /// Normal with mean 0 and standard deviation 1.
  double normal();
  /// In [0, 1), every number alike.
  double uniform();
  /// Exponential with mean 1.
  double exponential();
  /// Gamma of `shape` and scale 1: its mean is `shape`. Requires: shape > 0.
  double gamma(double shape);
  /// Weibull of `shape` and scale 1: its mean is Gamma(1 + 1 / shape). Requires: shape > 0.
  double weibull(double shape);

private:
  boost::random::mt19937_64 generator_;
};

}  // namespace chokepoint
