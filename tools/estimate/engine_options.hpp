#pragma once

#include "models/performance/serving_search.hpp"
#include "models/serving/serving_setup.hpp"

namespace chokepoint {

/// How a program starts where nobody says otherwise: SGLang reads prompts alone, others read them
/// beside those who decode. For all that simulates an engine.
EngineOptions engine_options(const ServingEngine& engine);

}  // namespace chokepoint
