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
  std::optional<Bytes> memory;  ///< As measured, the fullest device; its microbatch is stated.
  bool is_allocated = false;    ///< Of `memory`: as the allocator counts it, not the device.
  std::string left_out;         ///< Why it is not graded; empty where it is.
  std::string reason;           ///< Why nothing can be said of it.
  /// Whether its architecture was measured, and by this version its device.
  bool is_architecture_measured = false, is_pair_measured = false;

  bool is_known() const { return reason.empty(); }
  /// Of `predicted` what `memory` is of.
  Bytes counted(const TrainingMemory& predicted) const {
    return is_allocated ? predicted.allocated() : predicted.total();
  }
  TrainingSystem system(const TrainingFigures& figures) const {
    return {model, *device, links, is_mesh, traits, figures.of(keys)};
  }
};

/// Where coefficients of a device come from: its stack and the narrowest format of its arithmetic,
/// "cuda.8", "musa.8". A stack that nobody measured has priors alone.
std::string training_architecture(const DeviceSpec& device, std::string_view stack);

/// Whether runs that coefficients are fitted to were made on this architecture.
bool is_measured_architecture(const std::string& architecture, const TrainingCatalog& catalog);

/// The version that an estimate assumes where nobody names one: of those measured on the device's
/// architecture the one known last, with experts or without as the model; where none of experts
/// was measured there, of all. Null where nobody measured the architecture.
const TrainingStack* presumed_version(const DeviceSpec& device, const Transformer& model,
                                      const TrainingCatalog& catalog);

/// The keys of a dense run in 16 bits of which nothing is known but its device.
TrainingKeys usual_training_keys(const DeviceSpec& device, const TrainingCatalog& catalog);

/// Sets up the run that a row describes. Columns are those of scenarios/measured/training.csv; see
/// its README for what empty cells mean; a cell that cannot be read is a reason. On an architecture
/// that nobody measured, or with the version of another stack, no factor of a version holds and
/// nothing is presumed to be fused or hidden, but what cells say. Never reads what was measured
/// into the plan. The shape is that of the columns, and what they leave out that of `model_id`.
TrainingCase training_case(const MeasuredRow& given, const TrainingCatalog& catalog);

std::vector<TrainingCase> training_cases(std::span<const MeasuredRow> rows,
                                         const TrainingCatalog& catalog);

}  // namespace chokepoint
