#pragma once

#include <limits>
#include <vector>

#include "models/performance/steady_state.hpp"
#include "models/workload/inference_service.hpp"

namespace chokepoint {

/// In which formats a device serves where nobody says: weights, activations and cache in 8 bits, of
/// the faster family. A device without 8-bit arithmetic stores as much and computes in 16 bits.
Precision serving_precision(const Peaks& peaks);

/// Devices at hand where as many are bought as a group takes.
inline constexpr int kAnyNumberOfDevices = std::numeric_limits<int>::max();

/// The layouts of one replica of `model` that a planner considers on `device`: 1, 2, 4 ... devices,
/// up to 64 or to the power of two within its scale-up domain, where that is more. Attention is
/// divided by its heads; where there are experts also by its sequences, with whole experts. Fewest
/// devices first, none of more than are `at_hand`. The same for any memory and speed of the device,
/// so that a better one never has fewer to choose from.
std::vector<ServingPlan> serving_layouts(const Transformer& model, const DeviceSpec& device,
                                         int at_hand = kAnyNumberOfDevices);

/// Tokens per second of devices that do both in turns: prompts read, answers written.
struct ServingRates {
  TokensPerSecond prefill, decode;
};

/// Devices that serve one replica together, with requests of one shape.
class ServingGroup {
public:
  /// Refers to all but `plan`. Requires: memory of the device known.
  ServingGroup(const Transformer& model, const RequestShape& request, const DeviceSpec& device,
               const Coefficients& coefficients, const ServingPlan& plan);

  int devices() const { return plan_.devices(); }
  const ServingMemory& memory() const { return memory_; }
  /// True where weights, activations, buffers and the cache of one whole request fit.
  bool holds() const;

  /// Prompt tokens read per second by the whole group, its iterations full of prompts.
  /// Requires: holds(); bf16 peak and bandwidth of the device known.
  TokensPerSecond prefill() const;

  /// Answer tokens written per second by the whole group. With b sequences at mean context
  /// c = prompt + output / 2 in iterations of t(b):
  ///
  ///   b / t(b),   b the greatest with  t(b) <= target  and  b requests in the cache, no more than
  ///               an engine runs at once
  ///
  /// b is any real number of at least one sequence for each attention group, b_0. Where even t(b_0)
  /// misses the target, answers come slower than asked, and count for as much less as they are
  /// slower: b_0 / t(b_0) * target / t(b_0). So the rate never falls with a looser target, with
  /// memory or with speed, and has no step. Requires: as above.
  TokensPerSecond decode() const;

  /// Where the group reads beside what it writes, with the batch b of decode(): each prompt takes
  /// prompt_time_beside() with b / output of them in an iteration, as many as answers end in one.
  /// Requires: as above.
  ServingRates rates() const;

private:
  Replica replica() const;
  struct Batch {
    double sequences = 0;
    TokensPerSecond decode;
  };
  Batch batch() const;

  const Transformer& model_;
  const RequestShape& request_;
  const DeviceSpec& device_;
  const Coefficients& coefficients_;
  ServingPlan plan_;
  ServingMemory memory_;
};

/// The best rates per device of all groups of no more than 1, 2, 4 ... devices, in this order: of
/// serving_layouts() with so many at hand, each looked at once. 0 where none holds the model. The
/// last entry holds for any number of devices; without a layout there is none.
/// Requires: memory, bf16 peak and bandwidth of the device known.
std::vector<ServingRates> serving_rates(const Transformer& model, const RequestShape& request,
                                        const DeviceSpec& device, const Coefficients& coefficients);

}  // namespace chokepoint
