#include "tools/estimate/engine_options.hpp"

#include "sim/measure/experiment.hpp"

namespace chokepoint {

EngineOptions engine_options(const ServingEngine& engine) {
  EngineOptions options;
  options.reads_alone = engine_family(engine.name) == EngineFamily::Sglang;
  return options;
}

}  // namespace chokepoint
