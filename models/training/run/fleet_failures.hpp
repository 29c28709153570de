#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/random.hpp"
#include "models/training/run/reliability.hpp"

namespace chokepoint {

/// What a fleet of servers loses at one moment.
struct FleetFailure {
  std::size_t mode = 0;          ///< Index into ReliabilitySpec::modes.
  int nodes = 0;                 ///< That go together, >= 1.
  bool is_broken = false;        ///< They are away until each has been repaired,
  std::vector<Seconds> repairs;  ///< which takes this; one number for all below a switch.
};

/// When servers of a fleet fail that work one beside the other. All of them are one process: what
/// fails next comes after an exponential time at the rate of a gang on all that are up, and strikes
/// any of them; so a failure costs the same however many there are. Failures of many servers
/// together come so whatever the shape of the time of one. What stops a run whatever its size, and
/// storage, take no server away.
class FleetFailures {
public:
  /// Streams are called `streams` "/failures" and so on.
  FleetFailures(const ReliabilitySpec& spec, int devices_per_node, std::uint64_t seed,
                const std::string& streams);

  /// So many are up from `now` on. Times never decrease.
  void hold(int nodes, Seconds now);
  /// When the next fail if as many stay up; nothing where none ever do.
  std::optional<Seconds> next() const;
  /// What fails at `now`, which is next(); whoever holds them is to be told that fewer are up.
  FleetFailure fail(Seconds now);

private:
  ReliabilitySpec spec_;
  int devices_per_node_;
  RandomStream times_, causes_, repairs_;
  std::vector<PerSecond> rates_;  // By mode.
  PerSecond rate_;
  int nodes_ = 0;
  Seconds since_;
  double left_;  // Of the mean time, at `since_`.
};

}  // namespace chokepoint
