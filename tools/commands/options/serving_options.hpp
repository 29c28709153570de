#pragma once

#include "tools/estimate/serving_question.hpp"

namespace CLI {
class App;
}

namespace chokepoint {

// Parts of a question about serving, for the verbs that ask one. Each adds its options to `app`,
// which must not outlive `question`.

/// Which model, engine, kernels and formats.
void add_model_options(CLI::App& app, ServingQuestion& question);
/// How a replica is laid out over devices.
void add_plan_options(CLI::App& app, ServingQuestion& question);
/// Mean lengths of prompts and answers.
void add_length_options(CLI::App& app, ServingQuestion& question);
/// What power and devices cost.
void add_upkeep_options(CLI::App& app, ServingQuestion& question);

}  // namespace chokepoint
