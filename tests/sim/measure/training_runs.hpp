#pragma once

#include <string>
#include <vector>

#include "sim/measure/training_case.hpp"
#include "tests/models/catalog_excerpt.hpp"

namespace chokepoint {

/// H100 and an NPU without fp8, with the stacks that tests name.
struct SmallTrainingCatalog {
  std::vector<DeviceSpec> devices = {h100(), h100()};
  std::vector<Transformer> transformers = {llama_70b()};
  std::vector<std::string> stacks = {"cuda", "cann"};
  std::vector<NodeSpec> nodes;
  std::vector<TrainingStack> versions;
  std::vector<PresumedCell> presumed;

  SmallTrainingCatalog() {
    devices[0].stack = StackId{0};
    devices[0].matrix_cores = 132;
    devices[1].name = "npu";
    devices[1].kind = DeviceKind::Npu;
    devices[1].stack = StackId{1};
    devices[1].peaks.fp8.reset();
    TrainingStack old{"old", "cuda", "", "megatron", "whole", "", "none", "", {}, {}, {}};
    old.traits.keeps_scores = true;
    const TrainingStack recent{"recent", "cuda", "cudnn", "megatron", "whole", "userbuffers",
                               "core",   "",     {},      {},         {}};
    const TrainingStack npu{"npu_1", "cann", "native", "npu", "whole", "mc2",
                            "npu",   "npu",  {},       {},    {}};
    versions = {old, recent, npu};
    const char* known_on[] = {"2026-01-01", "2025-01-01", "2024-01-01"};
    const char* devices_of[] = {"h100", "h100", "npu"};
    for (std::size_t i = 0; i < versions.size(); ++i) {
      versions[i].known_on = known_on[i];
      versions[i].measured_on = {devices_of[i]};
    }
  }

  TrainingCatalog view() const {
    return {devices, transformers, stacks, nodes, versions, presumed};
  }
};

/// A run of Llama-70B on 64 H100.
inline MeasuredRow small_training_row() {
  return {{"id", "one"},
          {"chip_id", "h100"},
          {"model_id", "llama_70b"},
          {"stack_version", "recent"},
          {"chips", "64"},
          {"tp", "8"},
          {"pp", "4"},
          {"global_batch", "64"},
          {"seq_len", "4096"},
          {"iteration_time_s", "8"},
          {"group", "g"}};
}

}  // namespace chokepoint
