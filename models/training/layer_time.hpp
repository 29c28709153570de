#pragma once

#include "models/training/training_system.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// Time of one direction of one layer on one device, for one microbatch.
struct LayerPass {
  Seconds products, experts, attention, vector;

  Seconds total() const { return products + experts + attention + vector; }
};

/// Of a layer where the host launches more slowly than devices compute: what it adds to each pass.
/// That of `inputs` is after what is recomputed.
struct LayerFloor {
  Seconds forward, inputs, weights;

  Seconds total() const { return forward + inputs + weights; }
};

/// What one microbatch takes in the layers of a model, on one device, exchanges left out. Mean of
/// layers with experts and without.
struct LayerTime {
  LayerPass forward, backward;
  Seconds recompute;  ///< Before the backward pass.
  Seconds weights;    ///< The part of the backward pass that is gradients of weights.
  LayerFloor floor;
};

/// What the ends of a model take beside their layers: logits, their loss and their gradients, and
/// what the host adds.
struct HeadTime {
  Seconds forward, backward;
};

/// Rates of a device in one format, made ready. Computed once, asked for many plans.
class TrainingRates {
public:
  /// Refers to `system`. Requires: bf16 peak and bandwidth of the device known.
  TrainingRates(const TrainingSystem& system, TrainingFormat format);

  /// A product of M x N x K takes
  ///
  ///   sqrt( (2MNK (1 + depth_half / K) / (peak gemm format w^wave))^2 + (bytes / bandwidth)^2 )
  ///
  /// with w as wave_share() has it, and twice as much backward; each gradient of a weight moves
  /// gradient_bytes in every microbatch. Attention as flash attention does it, causal, 2.5 times
  /// as much backward at 0.85 of the rate; kept scores are computed in full and moved. Vector work
  /// is bytes: 14 hidden vectors of a token, (2 + g/2) g inner values and 3 of each head, 1.6 times
  /// as much backward. Experts add dispatch_passes hidden vectors and 4 inner values for a visit.
  /// Below 16 bits inputs are cast.
  LayerTime layer(const TrainingPlan& plan) const;
  /// In 16 bits, whatever the format. At half the rate where the vocabulary is not padded and no
  /// multiple of 8 on a device.
  HeadTime head(const TrainingPlan& plan) const;
  BytesPerSecond stream() const { return stream_; }
  /// What large products attain in 16 bits.
  FlopsPerSecond large_products() const { return wide_; }

private:
  struct BothWays {
    Seconds forward, backward;
  };

  BothWays product(const OperatorWork& work, FlopsPerSecond peak, double factor) const;
  BothWays products(const TrainingPlan& plan) const;
  BothWays attention(const TrainingPlan& plan) const;
  Seconds vector_work(const TrainingPlan& plan) const;
  Seconds casts(const TrainingPlan& plan) const;
  Seconds recomputed(const TrainingPlan& plan, const LayerPass& forward) const;
  Seconds waiting(double launches, Seconds busy) const;

  const TrainingSystem& system_;
  FlopsPerSecond peak_, wide_;  // Attained by large products in this format, and in 16 bits.
  BytesPerSecond stream_;
  double expert_share_ = 0;  // Of layers that have experts.
  bool is_narrow_ = false;
};

/// Weights of all layers of one stage that one device holds, experts apart.
struct StageWeights {
  double dense = 0, experts = 0;
};
/// Of one layer, the mean over all; norms left out.
StageWeights layer_weights(const Transformer& model, const TrainingPlan& plan);

}  // namespace chokepoint
