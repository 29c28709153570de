#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/units.hpp"
#include "sim/measure/experiment.hpp"
#include "sim/measure/training_run.hpp"
#include "sim/scenario/text/diagnostics.hpp"

namespace chokepoint {

/// What is read of a system at most: ranks of one degree of parallelism, devices, requests at once
/// or in all, tokens of a request, seconds of it. More is refused.
inline constexpr double kMostRanks = 65'536, kMostDevices = 1e6, kMostRequests = 1e6;
inline constexpr double kMostTokens = 1e8, kMostSeconds = 1e6;

/// What files of measurements do not state, and whoever measured knows. Empty and unset: not said.
struct StatedFacts {
  std::string device, model, precision, engine;
  std::optional<int> devices, tensor, pipeline, attention_dp;
  bool expert_parallel = false;
  std::string speculation;         ///< "none", "mtp" or "drafts".
  std::optional<double> sequence;  ///< Tokens of a training sequence.
};

/// A run of an engine as a file tells it.
struct LoggedExperiment {
  Experiment experiment;
  SourceLocation where;
  std::optional<Bytes> weights;  ///< Of one device, as the engine says that it loaded them.
};

/// A training run as a file tells it.
struct LoggedTraining {
  TrainingRun run;
  SourceLocation where;
};

/// All that was read.
struct Measurements {
  std::vector<LoggedExperiment> serving;
  std::vector<LoggedTraining> training;
};

/// Names of the engines that may be stated.
std::vector<std::string> engine_names();

/// Whether a run that nobody says it of speculates: by the word of StatedFacts.
Speculation speculation_named(std::string_view word);

/// An experiment of which nothing is stated: no devices, no ranks.
Experiment blank_experiment();

/// Fills in what `experiment` lacks (empty, or 0 devices and ranks) from `facts`. Complains of what
/// is missing then, naming the option that states it, of devices that are not those of one engine,
/// and of more than there may be; false where there is something.
bool complete(Experiment& experiment, const StatedFacts& facts, const SourceLocation& where,
              Diagnostics& found);
/// The same of a training run.
bool complete(TrainingRun& run, const StatedFacts& facts, const SourceLocation& where,
              Diagnostics& found);

/// The last part of a name as Hugging Face has it: "Llama-3.1-8B" of "meta-llama/Llama-3.1-8B", and
/// of a path.
std::string short_name(std::string_view model);

/// A warning beside errors.
void warn(Diagnostics& found, const SourceLocation& where, std::string message,
          std::string help = "");

}  // namespace chokepoint
