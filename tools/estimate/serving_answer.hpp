#pragma once

#include <string>

#include "models/performance/serving_search.hpp"
#include "models/world.hpp"
#include "tools/estimate/serving_question.hpp"
#include "tools/print/json_value.hpp"

namespace chokepoint {

/// One estimate as people read it: memory with its arithmetic, speed with the error to expect, what
/// an iteration's time goes to, energy and money.
std::string answer_text(const ServingSubject& subject, const ServingEstimate& estimate,
                        const World& world);

/// The same for programs: schema "chokepoint.estimate.serving/1".
JsonValue answer_json(const ServingSubject& subject, const ServingEstimate& estimate,
                      const World& world);

/// "TP8", "TP4 x DP8, EP32", "TP8 x PP2".
std::string plan_text(const ServingPlan& plan);

/// "fp8 weights, bf16 cache".
std::string precision_text(const Precision& precision);

/// "83.9 GiB weights + 2.1 activations + 2.0 buffers + 0.1 cache of one request = 88.1 of 86.4
/// GiB".
std::string memory_text(const ServingEstimate& estimate, Tokens request);

}  // namespace chokepoint
