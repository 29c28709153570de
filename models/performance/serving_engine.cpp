#include "models/performance/serving_engine.hpp"

#include <algorithm>

namespace chokepoint {
namespace {

using Family = std::optional<ModelFamily>;
using Device = std::optional<DeviceId>;

/// The error of exactly that.
const ServingError* find(std::span<const ServingError> errors, ServingMetric metric,
                         ErrorBasis basis, Device device, Family family) {
  const auto found = std::find_if(errors.begin(), errors.end(), [&](const ServingError& error) {
    return error.metric == metric && error.basis == basis && error.device == device &&
           error.family == family;
  });
  return found == errors.end() ? nullptr : &*found;
}

/// That of the family, else that of all.
const ServingError* of_family_or_all(std::span<const ServingError> errors, ServingMetric metric,
                                     ErrorBasis basis, ModelFamily family) {
  const auto* of_family = find(errors, metric, basis, std::nullopt, family);
  return of_family != nullptr ? of_family : find(errors, metric, basis, std::nullopt, std::nullopt);
}

}  // namespace

ServingEngine engine_for(std::span<const ServingEngine> engines, StackId stack) {
  for (const ServingEngine& engine : engines) {
    const auto& stacks = engine.stacks;
    if (std::find(stacks.begin(), stacks.end(), stack) != stacks.end()) return engine;
  }
  ServingEngine prior;
  prior.name = "prior";
  return prior;
}

ModelFamily family_of(const Transformer& model) {
  if (model.attention == Transformer::Attention::Mla) return ModelFamily::Latent;
  return model.experts > 0 ? ModelFamily::Experts : ModelFamily::Dense;
}

std::string_view name(ModelFamily family) {
  switch (family) {
    case ModelFamily::Dense:
      return "dense";
    case ModelFamily::Experts:
      return "experts";
    case ModelFamily::Latent:
      return "latent attention";
  }
  return "";
}

std::string_view in_words(ErrorBasis basis) {
  switch (basis) {
    case ErrorBasis::InSample:
      return "fitted to this device and family";
    case ErrorBasis::ModelLeftOut:
      return "family not among the fitted";
    case ErrorBasis::DeviceLeftOut:
      return "device not among the fitted";
    case ErrorBasis::StackLeftOut:
      return "stack not among the fitted";
  }
  return "";
}

std::optional<ServingError> expected_error(std::span<const ServingError> errors,
                                           const Expectation& of) {
  const auto has_error = [&](Device device) {
    return std::any_of(errors.begin(), errors.end(), [&](const ServingError& error) {
      return error.metric == of.metric && error.device == device;
    });
  };
  const bool is_by_parts = of.counted_as && !has_error(of.device);
  const DeviceId device = is_by_parts ? *of.counted_as : of.device;
  const auto* found = find(errors, of.metric, ErrorBasis::InSample, device, of.family);
  if (found != nullptr) return *found;
  const bool is_measured = has_error(device);
  const auto basis = is_measured        ? ErrorBasis::ModelLeftOut
                     : of.is_unmeasured ? ErrorBasis::StackLeftOut
                                        : ErrorBasis::DeviceLeftOut;
  found = of_family_or_all(errors, of.metric, basis, of.family);
  return found == nullptr ? std::nullopt : std::optional(*found);
}

}  // namespace chokepoint
