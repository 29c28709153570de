#pragma once

#include <optional>

#include "models/hardware/device.hpp"
#include "models/performance/serving_group.hpp"
#include "models/performance/serving_stack.hpp"
#include "models/software/stack.hpp"
#include "models/units.hpp"
#include "models/workload/inference_service.hpp"
#include "models/workload/transformer.hpp"

namespace chokepoint {

/// What a device is worth on a workload comes through this header alone: training, prefill,
/// decode. Training is two roofs; serving is the measured model of iterations and memory. Rates are
/// per device, by the fractions that its stack attains. Each requires a device with bf16 peak,
/// memory and bandwidth known. None falls with a peak, a bandwidth or memory.

/// Tokens trained per second in bf16, by a group of g devices that trains a sequence of s tokens on
/// each of them: the weights are read twice and their gradients written once, 6 bytes each.
///
///   s g / roofline_time(s g * training_flops_per_token,  6 B * touched_parameters(s g))
///
/// under compute = peak_bf16 * gemm fraction * training-step fraction and memory = bandwidth *
/// memory-stream fraction * training-step fraction. g is the least group that holds 16 bytes per
/// parameter on devices of 64 GiB; links and imbalance are in the step's fraction.
TokensPerSecond training_throughput(const Transformer& model, double sequence_tokens,
                                    const DeviceSpec& device, const Attained& attained);

/// Prompt tokens read per second: the best rate per device of all groups that hold the model, times
/// what the stack keeps. See ServingGroup. Groups are no larger than the devices `at_hand`. 0 where
/// none holds it.
TokensPerSecond prefill_throughput(const Transformer& model, const RequestShape& request,
                                   const DeviceSpec& device, const ServingAttained& attained,
                                   int at_hand = kAnyNumberOfDevices);

/// Answer tokens written per second, each request's tokens as close together as its target asks:
/// the same of decoding. The group may be another one than that which reads best. Never rises with
/// a stricter target.
TokensPerSecond decode_throughput(const Transformer& model, const RequestShape& request,
                                  const DeviceSpec& device, const ServingAttained& attained,
                                  int at_hand = kAnyNumberOfDevices);

/// Tokens (prompt and answer) per second of one device that serves whole requests, taking turns:
///
///   (prompt + output) / (prompt / prefill + output / decode)
///
/// 0 where it can do either not at all.
TokensPerSecond serving_throughput(const RequestShape& request, TokensPerSecond prefill,
                                   TokensPerSecond decode);

/// Devices of the least group that holds `model` and one request: a pool with fewer cannot serve
/// it. Nothing where none of serving_layouts() does. Requires: memory known.
std::optional<int> devices_to_hold(const Transformer& model, const RequestShape& request,
                                   const DeviceSpec& device, const Coefficients& coefficients);

/// Memory that training needs on each of `devices` devices with everything sharded: 16 bytes per
/// parameter (bf16 weights and gradients, fp32 master weights and two Adam moments), activations
/// left out. Source: Rajbhandari et al., "ZeRO", SC 2020.
Bytes training_memory_per_device(const Transformer& model, int devices);

}  // namespace chokepoint
