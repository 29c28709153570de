#pragma once

#include <array>
#include <optional>

#include "models/network/collectives.hpp"
#include "models/performance/feed_forward.hpp"
#include "models/performance/kernel.hpp"
#include "models/performance/roof.hpp"
#include "models/performance/serving_plan.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// What one iteration of a serving engine does, over all devices of a replica.
struct IterationLoad {
  double decode_tokens = 0;   ///< New tokens of sequences that decode.
  double sequences = 0;       ///< Sequences that get logits.
  double decode_context = 0;  ///< Mean tokens in the cache of one that decodes.
  double prefill_tokens = 0;  ///< Tokens of prompts that are read.
  double prefill_span = 0;    ///< Mean tokens that one of them attends to.
};

/// Time of one iteration: where it went, by kernel and by limit; both add up to the total.
struct IterationTime {
  std::array<Seconds, kKernels> by_kernel{};
  std::array<Seconds, kLimits> by_limit{};

  Seconds total() const;
  Seconds of(Kernel kernel) const { return by_kernel[static_cast<std::size_t>(kernel)]; }
  Seconds of(Limit limit) const { return by_limit[static_cast<std::size_t>(limit)]; }
  /// What most of the time goes to.
  Kernel slowest() const;
  Limit binding() const;
};

/// A replica made ready: rates at its formats, attained roofs, fabric. Computed once, asked often;
/// keeps nothing of the system that it was made of.
class Replica {
public:
  /// Requires: plan_complaint() empty; bf16 peak, memory and bandwidth of the device known.
  explicit Replica(const ServingSystem& system);

  /// Time of one iteration. Layer by layer, kernels one after the other, every layer alike within
  /// its kind (with experts or without; attention at its mean over the layers); stages of a
  /// pipeline one after the other, since a token passes through all of them.
  ///
  ///   sum over layers of  projections + attention + MLP or experts + vector work
  ///                       + two collectives of all tokens + launches
  ///   + head + embedding + host + host per sequence + (stages - 1) hand-overs
  ///
  /// Operators without a native kernel take what supported_time() says.
  ///
  /// Matrix units do better than the fractions of coefficients where a device has few of them for
  /// its vector units; see attained_matrix_share(). The host's time per sequence is that of one
  /// attention group, each with a scheduler of its own.
  ///
  /// With attention data parallel each group has its share of tokens, which its devices sum and
  /// share among themselves; before MLPs and experts all devices gather all tokens, and sum
  /// afterwards. Where whole experts are spread as well, tokens go to theirs and back instead, in
  /// the formats of activations and in 16 bits, and each device keeps all shared experts. Where
  /// that leaves a scale-up domain, engines may halve the batch and let one half compute while the
  /// other is on its way; with C and X what a half computes and exchanges in all layers, L of them:
  ///
  ///   2 max(C, X) + X / L
  ///
  /// where that is less. While prompts are read, exchanges take 0.15 of the cores from C.
  IterationTime time(const IterationLoad& load) const;

  const Transformer& model() const { return model_; }
  const ServingPlan& plan() const { return plan_; }
  const Coefficients& coefficients() const { return coefficients_; }

private:
  /// Roofs of one class of products: the rate before saturation.
  struct Product {
    AttainedRoofs roofs;
    double bytes_per_weight = 2;
    double half_rows = 1;
  };

  Product product(const Peaks& peaks, NumericFormat weights, double bandwidth_share) const;
  Product grouped(const Peaks& peaks, BytesPerSecond bandwidth) const;
  IterationTime one_after_the_other(const IterationLoad& load) const;
  IterationTime in_two_halves(const IterationLoad& load) const;
  void add_layers(const IterationLoad& load, IterationTime& sum) const;
  void add_attention(const IterationLoad& load, IterationTime& sum) const;
  void add_feed_forward(double tokens, IterationTime& sum) const;
  void add_exchanges(double tokens, IterationTime& sum) const;
  Seconds exchanges_with_groups(double tokens) const;
  void add_ends(const IterationLoad& load, double tokens, IterationTime& sum) const;
  void add_host(const IterationLoad& load, IterationTime& sum) const;
  void add_product(const OperatorWork& work, const Product& product, double times,
                   IterationTime& sum) const;
  void add_operator(const OperatorWork& work, const KernelTime& native, double times,
                    IterationTime& sum) const;

  Transformer model_;
  ServingPlan plan_;
  Coefficients coefficients_;
  KernelSupport support_;
  BytesPerSecond bandwidth_;
  Product attention_, mlp_, experts_, shared_, head_;
  AttainedRoofs decode_roofs_, prefill_roofs_, vector_roofs_;
  std::optional<double> cores_;
  double kv_bytes_ = 2;
  Routing routing_;
  Hierarchy fabric_;
  Seconds launches_;
  bool may_overlap_ = false;
};

}  // namespace chokepoint
