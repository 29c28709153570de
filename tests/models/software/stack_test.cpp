#include "models/software/stack.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

constexpr DeviceId kMeasured{1};
constexpr DeviceId kOther{2};

Attained priors() {
  Attained attained;
  for (std::size_t i = 0; i < kOperatorClasses; ++i) {
    attained.fraction[i] = {0.1 * static_cast<double>(i + 1), InputId{100}};
  }
  return attained;
}

TEST_CASE("stack: a fraction of the device beats one of the stack beats the prior",
          "[software][stack]") {
  StackSpec stack;
  stack.attained = {{OperatorClass::DenseGemm, {}, {0.7, InputId{1}}},
                    {OperatorClass::DenseGemm, kMeasured, {0.9, InputId{2}}}};

  const auto measured = attained_on(stack, kMeasured, priors());
  CHECK(measured.of(OperatorClass::DenseGemm).value == 0.9);
  CHECK(measured.of(OperatorClass::DenseGemm).input == InputId{2});

  const auto other = attained_on(stack, kOther, priors());
  CHECK(other.of(OperatorClass::DenseGemm).value == 0.7);
  CHECK(other.of(OperatorClass::DenseGemm).input == InputId{1});

  CHECK(other.of(OperatorClass::ServingSystem).value == priors().fraction[3].value);
  CHECK(other.of(OperatorClass::ServingSystem).input == InputId{100});
}

TEST_CASE("stack: a fraction says nothing of another class or another device",
          "[software][stack]") {
  StackSpec stack;
  stack.attained = {{OperatorClass::TrainingStep, kMeasured, {0.5, {}}}};
  for (std::size_t i = 0; i < kOperatorClasses; ++i) {
    CHECK(attained_on(stack, kOther, priors()).fraction[i].value == priors().fraction[i].value);
    const bool stated = static_cast<OperatorClass>(i) == OperatorClass::TrainingStep;
    const double expected = stated ? 0.5 : priors().fraction[i].value;
    CHECK(attained_on(stack, kMeasured, priors()).fraction[i].value == expected);
  }
}

}  // namespace
}  // namespace chokepoint
