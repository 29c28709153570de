#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace chokepoint {

/// What the time of a training step goes to, on the mean device.
enum class StepPart {
  Products,        ///< Dense matrix products of layers, both directions, with their gradients.
  Experts,         ///< The same of routed experts.
  Attention,       ///< Scores and values.
  Vector,          ///< Norms, activations, residuals, casts.
  Recompute,       ///< Forward work that is done once more.
  Head,            ///< Logits and loss.
  Launches,        ///< Waiting for the host to launch experts' kernels.
  TensorExchange,  ///< That nothing hides; so the next ones.
  ContextExchange,
  ExpertExchange,
  HandOver,      ///< Between stages.
  Bubble,        ///< Idle in the pipeline.
  Straggling,    ///< Waiting for the slowest.
  CopyExchange,  ///< Gradients and parameters between copies.
  Optimizer,
  Host
};
inline constexpr std::size_t kStepParts = 16;

/// What files call them.
inline constexpr std::array<std::string_view, kStepParts> kStepPartNames = {
    "products",  "experts",  "attention",       "vector",           "recompute",
    "head",      "launches", "tensor_exchange", "context_exchange", "expert_exchange",
    "hand_over", "bubble",   "straggling",      "copy_exchange",    "optimizer",
    "host"};

/// "products", "tensor_exchange", ...
constexpr std::string_view name(StepPart part) {
  return kStepPartNames[static_cast<std::size_t>(part)];
}

}  // namespace chokepoint
