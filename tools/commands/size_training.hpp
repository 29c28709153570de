#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tools/size/training_size.hpp"

namespace CLI {
class App;
}

namespace chokepoint {

/// What `size` was asked of a training run beside what it asks of serving.
struct SizeTrainingOptions {
  std::optional<double> tokens;  ///< Unset: it was asked of serving.
  double days = 0;
  TrainingSizeQuestion question;  ///< Without what `size` has options for anyway.
};

/// Adds --tokens, --days, --goodput, --seq, --global-batch and --most. Requires: options of serving
/// are there, which they exclude.
void add_size_training_options(CLI::App& app, SizeTrainingOptions& options);

/// The site that devices are bought for; empty: nobody asks what is forbidden.
struct SizeSite {
  std::string country, date, overlay;
};

/// Answers, and returns the exit code. Requires: tokens are set.
int size_training(SizeTrainingOptions& options, const SizeSite& site, bool json,
                  const std::filesystem::path& root);

}  // namespace chokepoint
