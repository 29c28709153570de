#include "models/performance/serving_stack.hpp"

#include <algorithm>
#include <cmath>

namespace chokepoint {
namespace {

Sourced<double> kept(const StackFractions& stacks, double share, OperatorClass roof,
                     OperatorClass system) {
  const auto product = [&](const Attained& attained) {
    return attained.of(roof).value * attained.of(system).value;
  };
  const double measured = product(stacks.reference) *
                          std::pow(product(stacks.towards) / product(stacks.reference), share);
  return {std::min(1.0, product(stacks.own) / measured), stacks.own.of(system).input};
}

}  // namespace

bool is_borrowed(const ServingEngine& engine) {
  return engine.is_unmeasured || engine.stacks.size() != 1 || engine.experiments == 0;
}

ServingAttained serving_attained(const ServingEngine& engine, const StackFractions& stacks) {
  if (!is_borrowed(engine)) {
    return {engine.coefficients, {1.0, engine.input}, {1.0, engine.input}};
  }
  using enum OperatorClass;
  const double share = engine.towards_share;
  return {engine.coefficients, kept(stacks, share, DenseGemm, PrefillSystem),
          kept(stacks, share, MemoryStream, DecodeSystem)};
}

}  // namespace chokepoint
