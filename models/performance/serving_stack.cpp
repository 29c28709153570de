#include "models/performance/serving_stack.hpp"

#include <algorithm>

namespace chokepoint {
namespace {

Sourced<double> kept(const Attained& own, const Attained& reference, OperatorClass roof,
                     OperatorClass system) {
  const auto product = [&](const Attained& attained) {
    return attained.of(roof).value * attained.of(system).value;
  };
  return {std::min(1.0, product(own) / product(reference)), own.of(system).input};
}

}  // namespace

bool is_borrowed(const ServingEngine& engine) {
  return engine.is_unmeasured || engine.stacks.size() != 1 || engine.experiments == 0;
}

ServingAttained serving_attained(const ServingEngine& engine, const Attained& own,
                                 const Attained& reference) {
  if (!is_borrowed(engine)) {
    return {engine.coefficients, {1.0, engine.input}, {1.0, engine.input}};
  }
  using enum OperatorClass;
  return {engine.coefficients, kept(own, reference, DenseGemm, PrefillSystem),
          kept(own, reference, MemoryStream, DecodeSystem)};
}

}  // namespace chokepoint
