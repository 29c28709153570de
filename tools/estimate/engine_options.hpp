#pragma once

#include "models/performance/serving_search.hpp"
#include "models/serving/serving_setup.hpp"
#include "tools/estimate/serving_question.hpp"

namespace chokepoint {

/// How a program starts where nobody says otherwise: SGLang reads prompts alone, others read them
/// beside those who decode. For all that simulates an engine.
EngineOptions engine_options(const ServingEngine& engine);

/// The same with the context that the subject's engine takes.
EngineOptions engine_options(const ServingSubject& subject);

}  // namespace chokepoint
