#pragma once

#include <array>

#include "models/training/training_system.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// What memory of a device holds while it trains.
enum class MemoryPart {
  Weights,  ///< In 16 bits.
  Gradients,
  Optimizer,    ///< Master weights and two moments, in 32 bits.
  Activations,  ///< Kept for the backward pass.
  Logits,
  Workspace  ///< Context of the driver, buffers of exchanges, fragmentation.
};
inline constexpr std::size_t kMemoryParts = 6;

/// "weights", "gradients", ...
std::string_view name(MemoryPart part);

/// Whether a plan fits: by more than estimates are off, by less, or not.
enum class TrainingFit { Yes, AtTheLimit, No };

/// "yes", "at the limit", "no".
std::string_view name(TrainingFit fit);

/// What estimates of memory were off by in the median of runs whose memory was measured, as
/// `chokepoint validate training` prints it, rounded up.
inline constexpr double kUsualMemoryError = 0.07;

/// More than they were off by in nine of ten: what takes more than that is expected to fail. Of 488
/// runs that ran 20 do so by estimate, most of them with activations that recipes offload or keep
/// in 8 bits.
inline constexpr double kWidestMemoryError = 0.2;

/// Memory of the fullest device of a plan.
struct TrainingMemory {
  std::array<Bytes, kMemoryParts> parts{};
  Bytes capacity;  ///< What software sees of the device's memory, else its datasheet's.

  Bytes total() const;
  /// What the allocator of a program counts: without the workspace.
  Bytes allocated() const;
  Bytes of(MemoryPart part) const { return parts[static_cast<std::size_t>(part)]; }
  /// Free memory over capacity; negative where it lacks.
  double margin() const;
  /// Yes where a tenth more would fit as well; no where kWidestMemoryError less would not.
  TrainingFit fit() const;
};

/// Memory of the first device, the second or the last, whichever is fullest. With P parameters of a
/// stage on one device and n copies:
///
///   weights 2 P, gradients 4 P or 2 P, optimizer 12 P;   each over n as ZeRO's stages shard them,
///                                                        and two whole layers where weights are;
///                                                        gradients that microbatches add up, whole
///   activations  microbatches ahead * layers * tokens * (10 h / t_s + 2 (a + 2 kv) d / t + 2 h / t
///                + 2 (g + 1) inner / t), and 5 B for a score that is kept
///   fully recomputed  microbatches ahead * layers * tokens * 2 h / t_s, one layer whole and its
///                gradients
///   logits 10 B,  workspace 8 GiB and a tenth of activations
///
/// t_s is t with sequence parallelism, else 1. Layers without experts are on the first device, as
/// far as they fit there. Without bubbles every device keeps what the first one does; where
/// microbatches come from both ends each keeps two stages and one microbatch more. What a
/// version of a stack does otherwise (bytes of gradients and logits, outputs of stages that stay,
/// empty gradients) is among its traits. Requires: memory of the device known.
/// Source: Korthikanti et al., MLSys 2023; constants of kept values, workspace and logits
/// are estimated from the rows of scenarios/measured/training.csv whose memory was measured.
TrainingMemory training_memory(const TrainingSystem& system, const TrainingPlan& plan);

/// The same of one stage of the plan's pipeline that has so many layers, however many others have.
/// Requires: stage in [0, plan.pipeline); one chunk.
TrainingMemory stage_memory(const TrainingSystem& system, const TrainingPlan& plan, int stage,
                            double layers);

}  // namespace chokepoint
