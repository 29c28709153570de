#pragma once

#include "models/hardware/device.hpp"
#include "models/software/stack.hpp"
#include "models/units.hpp"
#include "models/workload/inference_service.hpp"
#include "models/workload/transformer.hpp"

namespace chokepoint {

/// What a device is worth on a workload comes through this header alone: training, prefill,
/// decode. Today two roofs per phase; finer models replace what is underneath.
///
/// Rates are per device, at the stack's attained fractions. Each requires a device with bf16 peak,
/// memory and bandwidth known. The roofs of serving are
///
///   compute = peak_8bit * gemm fraction * system fraction of prefill or decode
///   memory  = bandwidth * memory-stream fraction * system fraction of prefill or decode
///
/// and weights and cache take 8 bits, on a device without 8-bit arithmetic as well. A group of
/// devices that shares a model has as many times these roofs as it has members, so that its rate
/// per device is that of the whole work under the roofs of one; what links cost is in the
/// system fraction. Twice the peaks and the bandwidth give twice every rate, and more
/// memory never lowers one.

/// Tokens trained per second in bf16, by a group of g devices that trains a sequence of s tokens on
/// each of them: the weights are read twice and their gradients written once, 6 bytes each.
///
///   s g / roofline_time(s g * training_flops_per_token,  6 B * touched_parameters(s g))
///
/// under compute = peak_bf16 * gemm fraction * training-step fraction and memory = bandwidth *
/// memory-stream fraction * training-step fraction. g is the least group that holds 16 bytes per
/// parameter on devices of 64 GiB. Requires: bf16 peak and bandwidth known.
TokensPerSecond training_throughput(const Transformer& model, double sequence_tokens,
                                    const DeviceSpec& device, const Attained& attained);

/// Prompt tokens read per second. A group reads one prompt of P tokens at a time:
///
///   P / roofline_time(P * forward FLOPs at context P/2,  touched_parameters(P))
///
/// Matrix-bound for long prompts, bandwidth-bound for short ones.
TokensPerSecond prefill_throughput(const Transformer& model, const RequestShape& request,
                                   const DeviceSpec& device, const Attained& attained);

/// Answer tokens written per second. One step adds one token to each of B requests of the group, at
/// the mean context c = prompt + output / 2:
///
///   B / roofline_time(B * forward FLOPs at context c,
///                     touched_parameters(B) + B * kv_cache_bytes(c))
///
///   B = decode_batch * g, at most (0.9 * memory of the group - parameters) / kv_cache_bytes(c),
///       at least g
///
/// where g devices of 64 GiB would hold the model: the same for every device, since a batch that
/// followed each device's own least group would punish memory. Devices too small for that form a
/// group of parameters / (0.8 * memory). Bandwidth-bound for small batches.
TokensPerSecond decode_throughput(const Transformer& model, const RequestShape& request,
                                  const DeviceSpec& device, const Attained& attained);

/// Tokens (prompt and answer) per second of one device that serves whole requests:
///
///   (prompt + output) / (prompt / prefill + output / decode)
TokensPerSecond serving_throughput(const Transformer& model, const RequestShape& request,
                                   const DeviceSpec& device, const Attained& attained);
/// The same of rates that are known. Requires: both > 0.
TokensPerSecond serving_throughput(const RequestShape& request, TokensPerSecond prefill,
                                   TokensPerSecond decode);

/// Devices that hold the 8-bit weights of `model` with room for cache: the least g with
/// parameters / g <= 0.8 * memory. A pool with fewer cannot serve it. Requires: memory known.
int devices_to_hold(const Transformer& model, const DeviceSpec& device);

/// Memory that training needs on each of `devices` devices with everything sharded: 16 bytes per
/// parameter (bf16 weights and gradients, fp32 master weights and two Adam moments), activations
/// left out. Source: Rajbhandari et al., "ZeRO", SC 2020.
Bytes training_memory_per_device(const Transformer& model, int devices);

}  // namespace chokepoint
