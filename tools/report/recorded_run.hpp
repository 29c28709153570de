#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "chokepoint/v1/facts.pb.h"
#include "models/world.hpp"
#include "sim/indicators/run_account.hpp"
#include "sim/study/causes/obstacles.hpp"

namespace chokepoint {

namespace pb = chokepoint::v1;

/// A run as its folder tells of it.
struct RecordedRun {
  std::filesystem::path directory;
  pb::Manifest manifest;
  std::unique_ptr<const World> world;  ///< That ran.
  RunAccount account;
  bool truncated = false;
  std::vector<Obstacle> held_back;  ///< What held back orders of the mainland, in the whole run.
};

/// Finds that out as a run of `world`, which must outlive it, goes.
ObstacleFinder mainland_obstacles(const World& world);

/// The run of which `trace` is the trace, `directory` the folder of it. Throws std::runtime_error
/// as TraceReader does. A truncated trace is told as far as it goes.
RecordedRun read_run(const std::filesystem::path& trace);

}  // namespace chokepoint
