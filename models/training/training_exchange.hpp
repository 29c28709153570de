#pragma once

#include "models/network/collectives.hpp"
#include "models/training/layer_time.hpp"

namespace chokepoint {

/// Of both passes of a microbatch.
struct PassTimes {
  Seconds forward, backward;

  Seconds total() const { return forward + backward; }
};

/// Computing of a pass that exchange hides behind. What hides one exchange hides no other, so that
/// computing and waiting together are never shorter where either computing or an exchange is
/// longer.
class HidingRoom {
public:
  explicit HidingRoom(Seconds computing) : left_(computing) {}

  /// What is waited for of an exchange of which so much can hide. Requires: `most` a share of `all`
  /// or of what is left, or no more shorter than the computing is where any of that is shorter; or
  /// the least of such.
  Seconds waited_for(Seconds all, Seconds most);
  Seconds left() const { return left_; }

private:
  Seconds left_;
};

/// What a layer computes, gradients of weights apart, and what of that is attention or waiting for
/// the host.
struct LayerRoom {
  PassTimes computing, attention, idle;
};

/// What a layer waits for of its exchange, and what of its computing, gradients of weights apart,
/// hides none.
struct LayerWaits {
  PassTimes tensor, context, expert, spare;
};

/// Exchange between the devices of a plan, each kind by itself on an idle fabric. Which ranks share
/// a scale-up domain follows from their order: tensor, context, data, pipeline, from the inside
/// out.
class TrainingExchange {
public:
  /// Refers to `system`.
  explicit TrainingExchange(const TrainingSystem& system);

  /// Of one layer and microbatch, all of it: four all-reduces of all tokens, two where whole
  /// experts follow attention and none is shared, half as many more for what is recomputed.
  PassTimes tensor(const TrainingPlan& plan) const;
  /// Keys and values around a ring, three times, once more for what is recomputed.
  PassTimes context(const TrainingPlan& plan) const;
  /// Tokens to experts and back, twice, once more for what is recomputed; mean over layers.
  PassTimes expert(const TrainingPlan& plan) const;
  /// What of these is waited for: what a stack hides of tensor parallelism hides first, then a ring
  /// behind a share of attention and while devices are idle, then exchange with experts behind a
  /// share of what is left.
  LayerWaits waits(const TrainingPlan& plan, const LayerRoom& of_layer) const;
  /// From one stage to the next, in one direction.
  Seconds hand_over(const TrainingPlan& plan) const;
  /// The same over links of that rate, whatever lies between: to a stage on other devices.
  Seconds hand_over_at(BytesPerSecond rate, const TrainingPlan& plan) const;
  /// What is waited for of one hand-over that takes `once`, each way, where a stage computes so
  /// long while nothing else hides.
  PassTimes hand_over_waited(Seconds once, const PassTimes& spare) const;
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
