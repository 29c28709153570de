#include "tools/estimate/engine_options.hpp"

#include "sim/measure/experiment.hpp"

namespace chokepoint {

EngineOptions engine_options(const ServingEngine& engine) {
  EngineOptions options;
  options.reads_alone = engine_family(engine.name) == EngineFamily::Sglang;
  return options;
}

EngineOptions engine_options(const ServingSubject& subject) {
  EngineOptions options = engine_options(subject.engine);
  options.context = subject.context;
  return options;
}

}  // namespace chokepoint
