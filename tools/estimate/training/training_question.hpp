#pragma once

#include <optional>
#include <string>
#include <variant>

#include "models/performance/serving_cost.hpp"
#include "tools/estimate/serving_question.hpp"
#include "tools/estimate/training/training_catalog.hpp"

namespace chokepoint {

/// What a person asks of training one model on one kind of device. Empty and unset: not said.
struct TrainingQuestion {
  std::string model, device, precision, stack_version, recompute;
  int devices = 1;
  std::optional<int> tensor, pipeline, chunks, data, expert, context, zero, microbatch,
      global_batch;
  double sequence = 4096;
  std::string schedule;  ///< "1f1b", "zero-bubble" or "dualpipe"; else as the stack has it.
  double pue = 1.3, usd_per_kwh = 0.08, life_years = 4;
  std::optional<double> device_price_usd;
};

/// Tokens of a step where nobody says how many: 4 Mi, as large runs of today take.
inline constexpr double kUsualBatchTokens = 4.0 * 1024 * 1024;

/// A question that is understood. Refers to the world.
struct TrainingSubject {
  TrainingCase known;
  DeviceUpkeep upkeep;
};

/// What of it cannot be answered is said in the words of plan_complaint().
std::variant<TrainingSubject, Misunderstanding> understand(const TrainingQuestion& question,
                                                           const TrainingWorld& world);

}  // namespace chokepoint
