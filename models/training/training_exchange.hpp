#pragma once

#include "models/network/collectives.hpp"
#include "models/training/layer_time.hpp"

namespace chokepoint {

/// Exchange between the devices of a plan, each kind by itself on an idle fabric. Which ranks share
/// a scale-up domain follows from their order: tensor, context, data, pipeline, from the inside
/// out.
class TrainingExchange {
public:
  /// Refers to `system`.
  explicit TrainingExchange(const TrainingSystem& system);

  /// What one layer and microbatch waits for: four all-reduces of all tokens, two where whole
  /// experts follow attention and none is shared, half as many more for what is recomputed, less
  /// what a stack hides behind `computing` of that layer.
  Seconds tensor(const TrainingPlan& plan, Seconds computing) const;
  /// Keys and values around a ring, three times, once more for what is recomputed; less what hides
  /// behind `attention` of that layer.
  Seconds context(const TrainingPlan& plan, Seconds attention) const;
  /// Tokens to experts and back, twice, once more for what is recomputed, less what a stack hides
  /// behind `computing` of that layer; mean over layers.
  Seconds expert(const TrainingPlan& plan, Seconds computing) const;
  /// From one stage to the next, in one direction, less what is sent while a stage computes for
  /// `computing`.
  Seconds hand_over(const TrainingPlan& plan, Seconds computing) const;
  /// The same over links of that rate, whatever lies between: to a stage on other devices.
  Seconds hand_over_at(BytesPerSecond rate, const TrainingPlan& plan, Seconds computing) const;
  /// Of one device, between servers.
  BytesPerSecond outer() const { return outer_; }

  /// What one device puts into those exchanges: of one layer and microbatch, both ways, and of one
  /// hand-over. Of keys and values its own part of them.
  struct Volumes {
    Bytes tensor, context, expert, hand_over;
    double reduces = 0, visits = 0;  ///< Of tensor and expert parallelism: exchanges, one by one.
  };
  Volumes volumes(const TrainingPlan& plan) const;

  /// Gradients and parameters between copies of `weights` of one stage: within a group that shares
  /// what is sharded, then gradients of each shard between groups.
  struct Copies {
    Seconds reduce, gather;  ///< Of one exchange: once a step, or once a microbatch.
  };
  Copies copies(const TrainingPlan& plan, const StageWeights& weights) const;

private:
  Fabric ring(double ranks_inside, bool leaves_domain, double servers) const;

  const TrainingSystem& system_;
  Hierarchy fabric_;
  BytesPerSecond outer_;
  Seconds hop_;
};

}  // namespace chokepoint
