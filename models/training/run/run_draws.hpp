#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "models/random.hpp"
#include "models/training/run/long_run.hpp"

namespace chokepoint {

/// What the start of a gang decides.
struct DrawnStart {
  std::optional<Seconds> lasts;  ///< Time at risk to the next interruption; unset: none ever comes.
  bool is_slow = false;          ///< One of its servers is slow.
};

/// Why a gang was interrupted.
struct DrawnCause {
  std::size_t failure = 0;  ///< Index into LongRun::failures.
  bool is_broken = false;   ///< A server is of no use until it is repaired.
};

/// What of a run is left to chance, each kind from a stream of its own.
class RunDraws {
public:
  /// Streams are called `streams` "/interruptions" and so on. `run` is referred to.
  RunDraws(const LongRun& run, std::uint64_t seed, const std::string& streams);

  /// Weibull of the run's shape and mean; exponential at shape 1.
  DrawnStart start();
  /// By the rates. Requires: something fails.
  DrawnCause cause();
  /// How long a broken server is away; exponential.
  Seconds repair();
  /// One of `number` servers, each alike. Requires: number >= 1.
  int server(int number);

private:
  const LongRun& run_;
  PerSecond rate_;
  RandomStream times_, causes_, repairs_, speeds_, servers_;
};

}  // namespace chokepoint
