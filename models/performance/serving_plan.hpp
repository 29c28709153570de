#pragma once

#include <string>

#include "models/hardware/device.hpp"
#include "models/hardware/node.hpp"
#include "models/performance/coefficients.hpp"
#include "models/performance/fallback.hpp"
#include "models/performance/numeric_format.hpp"
#include "models/workload/transformer.hpp"

namespace chokepoint {

/// How one replica of a model is laid out over devices of one kind.
struct ServingPlan {
  int tensor = 1;        ///< Devices that divide the heads of attention.
  int attention_dp = 1;  ///< Groups of these, each with sequences of its own.
  int pipeline = 1;      ///< Stages, each with a share of the layers.
  /// Whole experts are spread over all devices of a stage instead of slices of each.
  bool expert_parallel = false;
  Precision precision = {};
  bool has_graphs = true;  ///< Decoding is captured into graphs, which hide launches.
  bool loads_mtp = false;  ///< Layers that predict tokens further on are loaded, to speculate.

  /// Devices of one stage: they divide MLPs, experts and head among them.
  int stage_devices() const { return tensor * attention_dp; }
  int devices() const { return stage_devices() * pipeline; }
  /// Each group keeps its tokens and sends them to the experts that they chose, instead of all
  /// devices gathering all tokens.
  bool dispatches_tokens() const { return expert_parallel && attention_dp > 1; }
};

/// How devices of a replica reach each other, one direction, as the datasheet has it.
struct Interconnect {
  BytesPerSecond scaleup;
  int domain = 1;  ///< Devices that scale-up links reach.
  BytesPerSecond scaleout;
};

/// The interconnect of `device` where a node says nothing else: half of its scale-up bandwidth in
/// each direction, or PCIe 4.0 of 32 GB/s where it has no links; its domain, or 8; its network
/// card, or 100 Gbit/s.
Interconnect interconnect_of(const DeviceSpec& device);
/// The same, with what `node` states of its links.
Interconnect interconnect_of(const DeviceSpec& device, const NodeSpec& node);

/// Everything that the speed of a replica follows from. Refers to model and device.
struct ServingSystem {
  const Transformer& model;
  const DeviceSpec& device;  ///< bf16 peak, memory and bandwidth known.
  Interconnect links;
  ServingPlan plan;
  Coefficients coefficients;
  KernelSupport support = {};  ///< Of the stack for this model; all kernels are native.
};

/// Why `plan` cannot be laid out for `model`, in words for people; empty where it can: degrees of
/// at least 1, heads and layers enough to divide, whole experts only where there are any.
std::string plan_complaint(const ServingPlan& plan, const Transformer& model);

}  // namespace chokepoint
