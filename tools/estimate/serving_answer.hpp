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

/// "bf16", "fp8 in blocks".
std::string in_words(NumericFormat format);

/// "fp8 weights, bf16 cache".
std::string precision_text(const Precision& precision);

/// What a search would try beside the plan's format, where nobody said one; else empty.
std::string other_formats_text(const ServingSubject& subject);

/// "83.9 GiB weights + 2.1 activations + 2.0 buffers + 0.1 cache of one request = 88.1 of 86.4
/// GiB".
std::string memory_text(const ServingEstimate& estimate, Tokens request);

/// How far such predictions were from measurements: "half of 120 runs within 4 %, nine in ten
/// within 16 % (fitted to this device and family)".
std::string error_text(const std::optional<ServingError>& error);

/// What is to be expected of a prediction; nothing where nobody measured such a thing.
std::optional<ServingError> error_of(const ServingSubject& subject, const World& world,
                                     ServingMetric metric);

}  // namespace chokepoint
