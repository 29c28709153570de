#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace chokepoint {

/// Which way a microbatch goes through a stage.
enum class StepPass {
  Forward,
  Backward,
  Weights,  ///< Gradients of weights, where they are taken apart.
  None      ///< Once a step.
};

/// "forward", "backward", "weights"; of what is once a step "step".
constexpr std::string_view name(StepPass pass) {
  constexpr std::array<std::string_view, 4> kNames = {"forward", "backward", "weights", "step"};
  return kNames[static_cast<std::size_t>(pass)];
}

/// What an operation of a step keeps busy.
enum class StepBusy {
  Nothing,  ///< Everything waits.
  Device,
  Memory,
  Host
};

/// How devices exchange data in a step.
enum class StepExchange { AllReduce, ReduceScatter, AllGather, AllToAll, Send, Receive };

/// "all_reduce", ...
constexpr std::string_view name(StepExchange what) {
  constexpr std::array<std::string_view, 6> kNames = {"all_reduce", "reduce_scatter", "all_gather",
                                                      "all_to_all", "send",           "receive"};
  return kNames[static_cast<std::size_t>(what)];
}

/// With whom a device exchanges data in a step.
enum class StepGroup {
  Tensor,   ///< Who divides its layers.
  Context,  ///< Who divides its sequences.
  Expert,   ///< Who has the other experts.
  Copies,   ///< Who has the same weights.
  Pipeline  ///< Who has the stage before or after.
};
inline constexpr std::size_t kStepGroups = 5;

/// What files call them.
inline constexpr std::array<std::string_view, kStepGroups> kStepGroupNames = {
    "tensor", "context", "expert", "copies", "pipeline"};

constexpr std::string_view name(StepGroup group) {
  return kStepGroupNames[static_cast<std::size_t>(group)];
}

}  // namespace chokepoint
