#include "models/performance/throughput.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "models/performance/roofline.hpp"
#include "models/performance/serving_group.hpp"

namespace chokepoint {
namespace {

constexpr Bytes kTrainingMemory{2 + 2 + 4 + 4 + 4};  // Weight, gradient, master weight, moments.
constexpr Bytes kStepTraffic{2 + 2 + 2};             // Weight forward, backward; gradient.
constexpr double kWeightsShare = 0.8;                // Of memory, at most, for what training keeps.
constexpr Bytes kGroupMemory = 64_GiB;  // Of the devices that groups of training are sized for.

int training_group(const Transformer& model) {
  const double least = model.parameters.value * kTrainingMemory / (kGroupMemory * kWeightsShare);
  return std::max(1, static_cast<int>(std::ceil(least)));
}

using GroupRate = TokensPerSecond (ServingGroup::*)() const;

// The greatest rate per device of all groups that hold the model.
TokensPerSecond best_rate(const Transformer& model, const RequestShape& request,
                          const DeviceSpec& device, const Coefficients& coefficients,
                          GroupRate rate, int at_hand) {
  assert(device.peaks.bf16 && device.memory_bandwidth);
  TokensPerSecond best;
  for (const ServingPlan& plan : serving_layouts(model, device, at_hand)) {
    const ServingGroup group(model, request, device, coefficients, plan);
    if (group.holds()) best = std::max(best, (group.*rate)() / group.devices());
  }
  return best;
}

}  // namespace

TokensPerSecond training_throughput(const Transformer& model, double sequence_tokens,
                                    const DeviceSpec& device, const Attained& attained) {
  assert(device.peaks.bf16 && device.memory_bandwidth);
  const double step = attained.of(OperatorClass::TrainingStep).value;
  const Roofs roofs{
      *device.peaks.bf16 * (attained.of(OperatorClass::DenseGemm).value * step),
      *device.memory_bandwidth * (attained.of(OperatorClass::MemoryStream).value * step)};
  // A group reads the weights twice and writes their gradients once for a sequence of each member.
  const double group = training_group(model);
  const Tokens trained{sequence_tokens * group};
  Work of_step;
  of_step.flops = trained * training_flops_per_token(model, sequence_tokens);
  of_step.traffic = touched_parameters(model, sequence_tokens * group) * kStepTraffic;
  return trained / group / roofline_time({of_step.flops / group, of_step.traffic / group}, roofs);
}

TokensPerSecond prefill_throughput(const Transformer& model, const RequestShape& request,
                                   const DeviceSpec& device, const ServingAttained& attained,
                                   int at_hand) {
  return attained.prefill.value *
         best_rate(model, request, device, attained.coefficients, &ServingGroup::prefill, at_hand);
}

TokensPerSecond decode_throughput(const Transformer& model, const RequestShape& request,
                                  const DeviceSpec& device, const ServingAttained& attained,
                                  int at_hand) {
  return attained.decode.value *
         best_rate(model, request, device, attained.coefficients, &ServingGroup::decode, at_hand);
}

TokensPerSecond serving_throughput(const RequestShape& request, TokensPerSecond prefill,
                                   TokensPerSecond decode) {
  assert(prefill >= TokensPerSecond{} && decode >= TokensPerSecond{});
  if (prefill <= TokensPerSecond{} || decode <= TokensPerSecond{}) return {};
  return (request.prompt + request.output) / (request.prompt / prefill + request.output / decode);
}

std::optional<int> devices_to_hold(const Transformer& model, const RequestShape& request,
                                   const DeviceSpec& device, const Coefficients& coefficients) {
  assert(device.memory && *device.memory > Bytes{});
  for (const ServingPlan& plan : serving_layouts(model, device)) {
    if (ServingGroup(model, request, device, coefficients, plan).holds()) return plan.devices();
  }
  return std::nullopt;
}

Bytes training_memory_per_device(const Transformer& model, int devices) {
  assert(devices > 0);
  return model.parameters.value * kTrainingMemory / devices;
}

}  // namespace chokepoint
