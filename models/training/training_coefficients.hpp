#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint {

/// What dimensions and datasheets do not say of the speed of training, on one device with one
/// version of a stack. Fractions are of dense peaks, of datasheet bandwidths and of links in one
/// direction. Each member is described, with its prior, by training_coefficient_listing(); a fresh
/// one is at its priors.
struct TrainingCoefficients {
  double gemm = 0.75, narrow_gemm = 0.8, compute = 1.0, power = 0.6;
  double depth_half = 150, wave = 0.6, experts = 0.75;
  double flash = 0.5, wide_head = 0.3, short_sequence = 60;
  double score_products = 0.5, score_bytes = 14;
  double vector = 1.1, dispatch_passes = 8, cast_bytes = 2.5, logit_bytes = 20;
  double gradient_bytes = 9, recompute = 0.95, launch_us = 35;
  double tensor_link = 0.7, tensor_hidden = 0.5, context_loss = 0.2;
  double expert_link = 0.6, expert_skew = 0.05, expert_hidden = 0.1;
  double outer_link = 0.7, congestion = 0.03, hand_over = 0.4;
  double data_hidden = 0.5, broadcast_ms = 2.6;
  double optimizer_bytes = 30, host_s = 0.03, straggling = 0.005, hop_us = 4;

  bool operator==(const TrainingCoefficients&) const = default;
};

/// What a coefficient may differ by. A run has one key of each.
enum class TrainingScope {
  Everywhere,
  Architecture,   ///< Stack and narrowest floating-point format: "cuda.8", "cann.16".
  Device,         ///< Name of the device.
  Format,         ///< Format of products and architecture: "fp8.cuda.8".
  Attention,      ///< Kernel of attention and architecture: "fa2.cuda.16".
  Fusion,         ///< How norms and activations are fused: "megatron", "fsdp", "autocast" ...
  Recomputation,  ///< What recomputation leaves out.
  TensorOverlap,  ///< How exchange of tensor parallelism is hidden.
  DataOverlap,    ///< How exchange of gradients and parameters is hidden.
  Network,        ///< Between servers: "infiniband", "omnipath", "roce".
  ExpertRelease,  ///< Generation of dispatch to experts.
  StackVersion    ///< Name of the version of the stack.
};
inline constexpr std::size_t kTrainingScopes = 12;

/// "architecture", "stack_version", ...
std::string_view name(TrainingScope scope);

/// The key of a run in each scope; that of Everywhere is empty.
using TrainingKeys = std::array<std::string, kTrainingScopes>;

/// One coefficient as fitting, printing and reading walk them.
struct TrainingCoefficientInfo {
  std::string_view name;     ///< As its member.
  std::string_view unit;     ///< "fraction", "factor", "B", "ms" ...
  std::string_view meaning;  ///< One line.
  double TrainingCoefficients::*member;
  double prior;  ///< Median of the prior; the member's value in a fresh TrainingCoefficients.
  double cap;    ///< What physics or sense forbids to exceed; 0 where nothing does.
  TrainingScope scope;
  double sigma;  ///< Standard deviation of the logarithm, of each key of `scope`.
};

/// All coefficients, in a fixed order. Priors and caps are estimated from these rows (those of
/// scenarios/measured/training.csv) beside counts of bytes, and no independent source of them: what
/// is left out of a fit still shaped them. But for products and attention in 16 bits on Blackwell,
/// which are microbenchmarks.
std::span<const TrainingCoefficientInfo> training_coefficient_listing();

/// A second scope of a coefficient: a factor on what its own scope says, with prior 1.
struct TrainingDeviation {
  std::string_view coefficient;
  TrainingScope scope;
  double sigma;  ///< Standard deviation of the logarithm.
};
std::span<const TrainingDeviation> training_deviations();

/// Another prior than that of the listing, for keys that begin so.
struct TrainingPrior {
  std::string_view coefficient, key;
  double value;
  double sigma = 0;  ///< 0: that of the listing.
};
std::span<const TrainingPrior> training_priors();

/// The prior of a coefficient for a key: that of training_priors(), the longest that the key begins
/// with, else of the listing.
double training_prior(const TrainingCoefficientInfo& info, std::string_view key);

/// The standard deviation of its logarithm: that of the same prior, else of the listing.
double training_sigma(const TrainingCoefficientInfo& info, std::string_view key);

/// A value that was found for a coefficient in one scope, or a factor where the scope is a second
/// one; before its cap.
struct TrainingFigure {
  std::string coefficient;
  TrainingScope scope = TrainingScope::Everywhere;
  std::string key;
  double value = 1;
  int rows = 0;       ///< That it moves by more than 0.1 % when it moves by 10 %.
  double spread = 0;  ///< Standard deviation of its logarithm that is left.
};

/// All figures, by coefficient, scope and key.
class TrainingFigures {
public:
  TrainingFigures() = default;
  explicit TrainingFigures(std::vector<TrainingFigure> figures);

  /// What holds for a run with these keys: figures where there are any, else priors.
  TrainingCoefficients of(const TrainingKeys& keys) const;
  /// The figure of that key; null where there is none.
  const TrainingFigure* find(std::string_view coefficient, TrainingScope scope,
                             std::string_view key) const;
  const std::vector<TrainingFigure>& all() const { return figures_; }

private:
  std::vector<TrainingFigure> figures_;  // In order of coefficient, scope, key.
};

}  // namespace chokepoint
