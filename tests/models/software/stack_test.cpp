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

// 300 and 30 FLOPs per byte.
std::vector<DeviceSpec> devices() {
  std::vector<DeviceSpec> devices(3);
  for (auto& device : devices) device.memory_bandwidth = 1000_GBps;
  devices[kMeasured.value].peaks.bf16 = 300_TFLOPS;
  devices[kOther.value].peaks.bf16 = 30_TFLOPS;
  return devices;
}

TEST_CASE("stack: a fraction of the device beats one of the stack beats the prior",
          "[software][stack]") {
  StackSpec stack;
  stack.attained = {{OperatorClass::DenseGemm, {}, {0.7, InputId{1}}},
                    {OperatorClass::DenseGemm, kMeasured, {0.9, InputId{2}}}};

  const auto measured = attained_on(stack, kMeasured, devices(), priors());
  CHECK(measured.of(OperatorClass::DenseGemm).value == 0.9);
  CHECK(measured.of(OperatorClass::DenseGemm).input == InputId{2});

  const auto other = attained_on(stack, kOther, devices(), priors());
  CHECK(other.of(OperatorClass::DenseGemm).value == 0.7);
  CHECK(other.of(OperatorClass::DenseGemm).input == InputId{1});

  CHECK(other.of(OperatorClass::PrefillSystem).value == priors().fraction[3].value);
  CHECK(other.of(OperatorClass::PrefillSystem).input == InputId{100});
}

TEST_CASE("stack: a fraction says nothing of another class or another device",
          "[software][stack]") {
  StackSpec stack;
  stack.attained = {{OperatorClass::TrainingStep, kMeasured, {0.5, {}}}};
  for (std::size_t i = 0; i < kOperatorClasses; ++i) {
    CHECK(attained_on(stack, kOther, devices(), priors()).fraction[i].value ==
          priors().fraction[i].value);
    const bool stated = static_cast<OperatorClass>(i) == OperatorClass::TrainingStep;
    const double expected = stated ? 0.5 : priors().fraction[i].value;
    CHECK(attained_on(stack, kMeasured, devices(), priors()).fraction[i].value == expected);
  }
}

TEST_CASE("stack: what is lost shrinks with FLOPs per byte", "[software][stack][law]") {
  for (const double fraction : {0.1, 0.4, 0.9}) {
    for (const double share : {0.0, 0.5, 1.0}) {
      CHECK(attained_elsewhere(fraction, share, 1.0) == Approx(fraction));
      double before = 1.0 + 1e-12;
      for (const double ratio : {0.01, 0.1, 1.0, 10.0}) {
        const double carried = attained_elsewhere(fraction, share, ratio);
        CHECK(carried > 0.0);
        CHECK(carried <= before);
        before = carried;
      }
    }
    CHECK(attained_elsewhere(fraction, 0.0, 0.1) == Approx(fraction));
    CHECK(attained_elsewhere(fraction, 1.0, 1e-9) == Approx(1.0));
  }
}

// 1 / 0.5 - 1 is 1; a tenth of its bytes and all of the rest is 0.5 * 0.1 + 0.5.
TEST_CASE("stack: a fraction for all devices is carried over from where it was measured",
          "[software][stack]") {
  StackSpec stack;
  stack.attained = {
      {OperatorClass::TrainingStep, {}, {0.5, InputId{1}}, kMeasured, {0.5, InputId{2}}}};
  CHECK(attained_on(stack, kMeasured, devices(), priors()).of(OperatorClass::TrainingStep).value ==
        Approx(0.5));
  const auto other =
      attained_on(stack, kOther, devices(), priors()).of(OperatorClass::TrainingStep);
  CHECK(other.value == Approx(1.0 / 1.55));
  CHECK(other.input == InputId{1});
  auto unknown = devices();
  unknown[kOther.value].memory_bandwidth.reset();
  CHECK(attained_on(stack, kOther, unknown, priors()).of(OperatorClass::TrainingStep).value == 0.5);
}

}  // namespace
}  // namespace chokepoint
