#pragma once

#include <string>
#include <vector>

#include "tools/estimate/training/training_question.hpp"
#include "tools/print/json_value.hpp"
#include "tools/print/table.hpp"

namespace chokepoint {

struct RunOutlook;

/// What a plan takes, in memory and time.
struct TrainingEstimate {
  TrainingMemory memory;
  StepTime time;
};

TrainingEstimate estimate_training(const TrainingSystem& system, const TrainingPlan& plan);

/// What `subject` takes in two sentences, each a line: a step, then the whole run with what it
/// costs and keeps of its time, or a billion tokens where `run` is null.
std::string training_sentences(const TrainingSubject& subject, const StepTime& time,
                               const RunOutlook* run);

/// The answer for people: these sentences, plan, memory with its arithmetic and verdict, step,
/// tokens, MFU, errors to expect, energy and money, and where time goes. `run` adds what a whole
/// run takes; null: none was asked for.
std::string answer_text(const TrainingSubject& subject, const TrainingEstimate& estimate,
                        const TrainingWorld& world, const RunOutlook* run);

/// The same for programs, schema "chokepoint.estimate.training/1".
JsonValue answer_json(const TrainingSubject& subject, const TrainingEstimate& estimate,
                      const TrainingWorld& world, const RunOutlook* run);

/// The same as tables for files: "plan" (what, value), "memory" (part, memory_gib) and "step"
/// (part, time_ms).
std::vector<Table> estimate_tables(const TrainingSubject& subject,
                                   const TrainingEstimate& estimate);

/// "tp 8 pp 4 dp 2, 32 microbatches of 1 sequence".
std::string plan_text(const TrainingPlan& plan);

/// "weights 8.1 + gradients 16.2 + ... = 61.2 of 80 GiB".
std::string memory_text(const TrainingMemory& memory);

/// Tokens trained in a second.
TokensPerSecond tokens_per_second(const TrainingPlan& plan, Seconds step);

}  // namespace chokepoint
