#pragma once

#include "models/hardware/device.hpp"
#include "models/performance/serving_plan.hpp"
#include "models/training/training_coefficients.hpp"
#include "models/training/training_plan.hpp"
#include "models/workload/transformer.hpp"

namespace chokepoint {

/// What a version of a stack does, or a run of it was set to: facts, not figures.
struct TrainingTraits {
  bool keeps_scores = false;     ///< Attention writes its scores to memory: no flash attention.
  bool overlaps_tensor = false;  ///< Exchange of tensor parallelism behind products.
  /// Sharded weights are gathered, and gradients summed, in every microbatch, for stages 2 and 3 of
  /// ZeRO (FSDP). Else stages up to 2 do so once a step.
  bool gathers_each_microbatch = false;
  /// Selective recomputation takes every second product, as torchtitan's; else scores alone, or
  /// where none are kept what is cheap.
  bool recomputes_products = false;
  double gradient_bytes = 4;           ///< Of a gradient on its way between copies.
  bool broadcasts_parameters = false;  ///< ZeRO 1: every rank in turn sends what it updated.
  bool drops_tokens = false;           ///< Experts with a capacity: none is busier than another.
  /// A token goes once to each device and each server that has one of its experts, as in DeepEP;
  /// else once for each expert.
  bool dispatches_once = false;
  /// Ranks of tensor parallelism divide experts as well, where these are spread: as Megatron-LM did
  /// before 2025.
  bool divides_experts = false;
  bool hides_dispatch = false;  ///< Behind computing of another microbatch, as in DualPipe.
  /// Has a pipeline that microbatches enter at both ends, DualPipe; takes it where it can.
  bool has_dual_pipe = false;
  double dispatch_bytes = 2;    ///< Of a value on its way to experts; on its way back 2.
  double dispatch_domains = 0;  ///< Servers at most that a router sends a token to; 0: any.
  bool pads_vocabulary = true;  ///< To a multiple of 128, as Megatron-LM does.
  /// Of a gradient of a weight in memory, the sum over microbatches with it, where weights are not
  /// sharded: 4 where products add to sums in 32 bits, 2 in fp16 without sums, 6 with both.
  double kept_gradient_bytes = 4;
  /// Of a value that a product keeps for its backward pass, where products are in 8 or 4 bits.
  double kept_narrow_bytes = 2;
  double state_bytes = 12;  ///< Of the optimizer for a weight: a master copy and two moments.
  double logit_memory_bytes = 10;    ///< Of a logit in memory while the loss is computed.
  bool keeps_stage_outputs = false;  ///< Of a pipeline until they are backward, beside inputs.
  /// Products add gradients of weights to their sums and leave an empty gradient in 16 bits for
  /// each shape of a weight, as Transformer Engine does.
  bool keeps_placeholders = false;
};

/// Everything that the speed of a training step follows from, beside its plan. Refers to model and
/// device.
struct TrainingSystem {
  const Transformer& model;
  const DeviceSpec& device;  ///< bf16 peak, memory and bandwidth known.
  Interconnect links;
  /// Scale-up links join pairs: n devices of a domain of d use (n - 1) / (d - 1) of them.
  bool is_mesh = false;
  TrainingTraits traits = {};
  TrainingCoefficients coefficients = {};
};

/// Bytes of an activation or a weight on its way: 16 bits.
inline constexpr double kTrainingBytes = 2;

/// Width of one head's query and key.
inline double score_width(const Transformer& model) {
  return model.attention == Transformer::Attention::Mla
             ? model.qk_nope_head_dim + model.qk_rope_head_dim
             : model.head_dim;
}

/// Share of datasheet bandwidth that kernels of training stream at. Source: BabelStream and
/// FlagPerf, 0.82 to 0.92 on A100, H100 and 910B.
inline constexpr double kStreamed = 0.85;

}  // namespace chokepoint
