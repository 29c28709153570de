#pragma once

#include <filesystem>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "models/training/plan_search.hpp"
#include "tools/estimate/training/training_catalog.hpp"

namespace chokepoint {

/// The run that packages are compared by: the reference's model and sequence, in bf16, a batch of
/// kUsualBatchTokens.
inline constexpr int kWorthDevices = 1024;

/// What a device is worth for training, as its stack attains it.
struct TrainingWorth {
  DeviceId device;
  std::string version;  ///< Of its stack; empty: priors, since nobody measured any.
  RankedTrainingPlan plan;
  TokensPerSecond rate;  ///< Of one device.
  double mfu = 0;        ///< Attention counted in full.
  /// Of the rate of bf16 products, what a step keeps: OperatorClass::TrainingStep, in (0, 1].
  double kept = 0;
  double error = 0;  ///< By which the time of a step is off in one of ten, see TrainingError.
};

/// The fastest plan that fits on kWorthDevices of them in the servers of `world`, the first of each
/// device. Nothing where a peak or memory is not known or no plan fits. Requires: a reference.
std::optional<TrainingWorth> training_worth(DeviceId device, const TrainingWorld& world);

/// Of every device, in their order. Left out is what was measured itself, on a stack that no
/// coefficient is fitted to.
std::vector<TrainingWorth> training_worths(const TrainingWorld& world);

/// The world that devices are sold in, scenarios/history/prior.textproto, with what trains: servers
/// on offer come before others. Nothing after errors, which are printed to `complaints`.
std::optional<TrainingWorld> load_worth_world(const std::filesystem::path& root,
                                              std::ostream& complaints);

/// A part of the catalogue that has them as fractions of stacks: scenarios/catalog/
/// training_worth.textproto.
std::string training_worth_text(const std::vector<TrainingWorth>& worths,
                                const TrainingWorld& world);

}  // namespace chokepoint
