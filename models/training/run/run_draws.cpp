#include "models/training/run/run_draws.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace chokepoint {

RunDraws::RunDraws(const LongRun& run, std::uint64_t seed, const std::string& streams)
    : run_(run),
      rate_(run.failure_rate()),
      times_(seed, streams + "/interruptions"),
      causes_(seed, streams + "/causes"),
      repairs_(seed, streams + "/repairs"),
      speeds_(seed, streams + "/slow servers"),
      servers_(seed, streams + "/servers") {}

DrawnStart RunDraws::start() {
  DrawnStart drawn;
  drawn.is_slow = run_.slow_chance > 0 && speeds_.uniform() < run_.slow_chance;
  if (rate_ == PerSecond{}) return drawn;
  const double shape = run_.weibull_shape;
  const double draw =
      shape == 1 ? times_.exponential() : times_.weibull(shape) / std::tgamma(1 + 1 / shape);
  drawn.lasts = Seconds{draw / rate_.value};
  return drawn;
}

DrawnCause RunDraws::cause() {
  assert(!run_.failures.empty());
  double at = causes_.uniform() * rate_.value;
  std::size_t i = 0;
  while (i + 1 < run_.failures.size() && at >= run_.failures[i].rate.value) {
    at -= run_.failures[i++].rate.value;
  }
  return {i, causes_.uniform() < run_.failures[i].broken_share};
}

Seconds RunDraws::repair() {
  return run_.repair * repairs_.exponential();
}

int RunDraws::server(int number) {
  assert(number >= 1);
  return std::min(number - 1, static_cast<int>(servers_.uniform() * number));
}

}  // namespace chokepoint
