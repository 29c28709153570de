#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>

#include "sim/scenario/compose/compose.hpp"
#include "tools/estimate/training/training_question.hpp"

namespace chokepoint {

/// A cluster that holds one gang and its spares, and what it trains, as a scenario: the catalogue
/// of `root`, a site, a pool of the node of the device, a training job.
struct RunScene {
  Composed composed;
  World world;
};

/// What a scene is to say, beside its model and device.
struct SceneOfGang {
  std::string name, question, job;
  int devices = 1;         ///< Of the gang,
  double spare_nodes = 0;  ///< and servers beside it.
  double idle_power_share = 0;
  double tokens = 1;
  std::optional<double> checkpoint_hours;
  Seconds wall;  ///< From the first day on.
  std::uint64_t seed = 1;
};

/// The scene of a gang. Nothing, with a complaint, where no server of the catalogue has the device.
std::variant<RunScene, Misunderstanding> scene_of(const SceneOfGang& gang,
                                                  const TrainingSubject& subject,
                                                  const std::filesystem::path& root);

}  // namespace chokepoint
