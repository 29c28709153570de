#include "models/performance/throughput.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "models/performance/roofline.hpp"

namespace chokepoint {
namespace {

constexpr Bytes kWeight{1.0};                        // 8 bits, while serving.
constexpr Bytes kTrainingMemory{2 + 2 + 4 + 4 + 4};  // Weight, gradient, master weight, moments.
constexpr Bytes kStepTraffic{2 + 2 + 2};             // Weight forward, backward; gradient.
constexpr double kCacheBytes = 1.0;                  // Per value; 8 bits.
constexpr double kWeightsShare = 0.8;                // Of memory, at most, for weights.
constexpr double kServingShare = 0.9;   // Of memory for weights and cache; the rest is workspace.
constexpr Bytes kGroupMemory = 64_GiB;  // Of the devices that groups are sized for.

Roofs serving_roofs(const DeviceSpec& device, const Attained& attained, OperatorClass phase) {
  const auto peak = peak_8bit(device.peaks);
  assert(peak && device.memory_bandwidth);
  const double system = attained.of(phase).value;
  return {*peak * (attained.of(OperatorClass::DenseGemm).value * system),
          *device.memory_bandwidth * (attained.of(OperatorClass::MemoryStream).value * system)};
}

// Tokens that an answer's token attends to, on average over the answer.
Tokens mean_decode_context(const RequestShape& request) {
  return request.prompt + request.output / 2.0;
}

int least_group(const Transformer& model, Bytes per_parameter, Bytes memory) {
  const double least = model.parameters.value * per_parameter / (memory * kWeightsShare);
  return std::max(1, static_cast<int>(std::ceil(least)));
}

// Requests that a group decodes together.
double group_batch(const Transformer& model, const RequestShape& request,
                   const DeviceSpec& device) {
  const double group = least_group(model, kWeight, kGroupMemory);
  const double wanted = request.decode_batch * group;
  const Bytes per_request = kv_cache_bytes(model, mean_decode_context(request), kCacheBytes);
  if (per_request <= Bytes{}) return wanted;
  const Bytes weights = model.parameters.value * kWeight;
  // Devices of less memory need a larger group, whose memory is then a fixed multiple of the
  // weights.
  const Bytes memory = std::max(*device.memory * group, weights / kWeightsShare);
  const double fits = (memory * kServingShare - weights) / per_request;
  return std::min(wanted, std::max(group, fits));
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
  const double group = least_group(model, kTrainingMemory, kGroupMemory);
  const Tokens trained{sequence_tokens * group};
  Work of_step;
  of_step.flops = trained * training_flops_per_token(model, sequence_tokens);
  of_step.traffic = touched_parameters(model, sequence_tokens * group) * kStepTraffic;
  return trained / group / roofline_time({of_step.flops / group, of_step.traffic / group}, roofs);
}

TokensPerSecond prefill_throughput(const Transformer& model, const RequestShape& request,
                                   const DeviceSpec& device, const Attained& attained) {
  const double tokens = request.prompt / Tokens{1.0};
  Work of_prompt;
  of_prompt.flops = request.prompt * forward_flops_per_token(model, tokens / 2.0);
  of_prompt.traffic = touched_parameters(model, tokens) * kWeight;
  return request.prompt /
         roofline_time(of_prompt, serving_roofs(device, attained, OperatorClass::PrefillSystem));
}

TokensPerSecond decode_throughput(const Transformer& model, const RequestShape& request,
                                  const DeviceSpec& device, const Attained& attained) {
  assert(device.memory);
  const Tokens context = mean_decode_context(request);
  const double batch = group_batch(model, request, device);
  const Tokens answered{batch};  // One each per step.
  Work of_step;
  of_step.flops = answered * forward_flops_per_token(model, context / Tokens{1.0});
  of_step.traffic = touched_parameters(model, batch) * kWeight +
                    kv_cache_bytes(model, context, kCacheBytes) * batch;
  return answered /
         roofline_time(of_step, serving_roofs(device, attained, OperatorClass::DecodeSystem));
}

TokensPerSecond serving_throughput(const Transformer& model, const RequestShape& request,
                                   const DeviceSpec& device, const Attained& attained) {
  return serving_throughput(request, prefill_throughput(model, request, device, attained),
                            decode_throughput(model, request, device, attained));
}

TokensPerSecond serving_throughput(const RequestShape& request, TokensPerSecond prefill,
                                   TokensPerSecond decode) {
  assert(prefill > TokensPerSecond{} && decode > TokensPerSecond{});
  return (request.prompt + request.output) / (request.prompt / prefill + request.output / decode);
}

int devices_to_hold(const Transformer& model, const DeviceSpec& device) {
  assert(device.memory && *device.memory > Bytes{});
  return least_group(model, kWeight, *device.memory);
}

Bytes training_memory_per_device(const Transformer& model, int devices) {
  assert(devices > 0);
  return model.parameters.value * kTrainingMemory / devices;
}

}  // namespace chokepoint
