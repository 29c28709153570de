#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "models/training/training_memory.hpp"
#include "models/training/training_step.hpp"
#include "sim/measure/training_stacks.hpp"

namespace chokepoint {

/// Devices, models and stacks, as far as runs of training name them.
struct TrainingCatalog {
  std::span<const DeviceSpec> devices;
  std::span<const Transformer> transformers;
  std::span<const std::string> stacks;  ///< Names, in the order of StackId.
  std::span<const NodeSpec> nodes;
  std::span<const TrainingStack> versions;
  std::span<const PresumedCell> presumed = {};
};

/// One training run, or a question about one, as the models see it.
struct TrainingCase {
  std::string id, group, source, device_name, model_name, version;
  Transformer model;
  const DeviceSpec* device = nullptr;  ///< Null where `reason` says why.
  Interconnect links;
  bool is_mesh = false;
  TrainingPlan plan;
  TrainingTraits traits;
  TrainingKeys keys;
  std::optional<Seconds> step;  ///< As measured.
  std::optional<Bytes> memory;  ///< As measured, the fullest device.
  std::string left_out;         ///< Why it is not graded; empty where it is.
  std::string reason;           ///< Why nothing can be said of it.

  bool is_known() const { return reason.empty(); }
  TrainingSystem system(const TrainingFigures& figures) const {
    return {model, *device, links, is_mesh, traits, figures.of(keys)};
  }
};

/// Where coefficients of a device come from: stack and narrowest format. A stack that none of
/// `known` begins with takes those of `cann` where it is an NPU or a DSA, else of `cuda`.
std::string training_architecture(const DeviceSpec& device, std::string_view stack,
                                  std::span<const TrainingStack> versions);

/// The version that an estimate assumes where nobody names one: the last of the file on that
/// stack, or on the one whose coefficients hold for it. Null where there is none.
const TrainingStack* presumed_version(const DeviceSpec& device, std::string_view stack,
                                      const Transformer& model,
                                      std::span<const TrainingStack> versions);

/// Sets up the run that a row describes. Columns are those of scenarios/measured/training.csv; see
/// its README for what empty cells mean. Never reads what was measured into the plan. The shape is
/// that of the columns, and what they leave out that of `model_id`.
TrainingCase training_case(const MeasuredRow& given, const TrainingCatalog& catalog);

std::vector<TrainingCase> training_cases(std::span<const MeasuredRow> rows,
                                         const TrainingCatalog& catalog);

}  // namespace chokepoint
