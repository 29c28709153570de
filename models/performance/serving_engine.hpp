#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "models/ids.hpp"
#include "models/performance/coefficients.hpp"
#include "models/workload/transformer.hpp"

namespace chokepoint {

/// A family of programs that serve models, and what they attain.
struct ServingEngine {
  std::string name;
  std::vector<StackId> stacks;  ///< On whose devices it is assumed.
  std::string fitted_to;        ///< Empty: to nothing, its coefficients are priors.
  int experiments = 0;          ///< Runs that it was fitted to.
  /// No run on its stacks was measured: coefficients follow from engines on other stacks.
  bool is_unmeasured = false;
  /// Stack whose losses the coefficients hold already, by `towards_share` of their logarithms.
  std::optional<StackId> towards;
  double towards_share = 0;
  Coefficients coefficients;
  std::optional<InputId> input;  ///< Of its first coefficient: all are from one fit.
};

/// The engine assumed on devices of `stack`: the one that names it, else one at its priors, called
/// "prior".
ServingEngine engine_for(std::span<const ServingEngine> engines, StackId stack);

enum class ServingMetric { Tpot, Ttft, OutputRate };

/// Kinds of models whose speed follows from different kernels.
enum class ModelFamily { Dense, Experts, Latent };
inline constexpr std::size_t kModelFamilies = 3;

/// Latent attention first, then experts.
ModelFamily family_of(const Transformer& model);
/// "dense", "experts", "latent attention".
std::string_view name(ModelFamily family);

/// What coefficients had been fitted to when an error was measured.
enum class ErrorBasis { InSample, ModelLeftOut, DeviceLeftOut, StackLeftOut };
/// "fitted to this device and family", "family not among the fitted", "device not among the
/// fitted", "stack not among the fitted".
std::string_view in_words(ErrorBasis basis);

/// How far predictions were from measurements: |predicted / measured - 1|.
struct ServingError {
  ServingMetric metric = ServingMetric::Tpot;
  ErrorBasis basis = ErrorBasis::InSample;
  std::optional<DeviceId> device;     ///< Unset: of all devices together.
  std::optional<ModelFamily> family;  ///< Unset: of all families together.
  int count = 0;
  double median = 0, p90 = 0;
};

/// What an error is expected of.
struct Expectation {
  ServingMetric metric = ServingMetric::Tpot;
  DeviceId device;
  ModelFamily family = ModelFamily::Dense;
  bool is_unmeasured = false;  ///< As the engine is.
  /// What software counts on that device instead, such as its dies.
  std::optional<DeviceId> counted_as = std::nullopt;
};

/// The error to expect: where that device was measured with that family, theirs; where it was
/// measured with others, that of models left out, of the family if there is one; else that of
/// devices left out, or of stacks left out where the engine is unmeasured, of the family if there
/// is one. Errors of what software counts on a device are the device's own, where it has none.
/// Nothing where no error was measured.
std::optional<ServingError> expected_error(std::span<const ServingError> errors,
                                           const Expectation& of);

}  // namespace chokepoint
