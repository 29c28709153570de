#pragma once

#include <vector>

#include "models/market/design_knobs.hpp"
#include "models/policy/regime.hpp"

namespace chokepoint {

/// Where the verdict on a score may change, ascending: the least score of the upper side of every
/// bound.
struct CutPoints {
  std::vector<double> tpp, density;
};

/// Thresholds on `attribute` that any rule or exception of `regime` writes, ascending.
std::vector<double> thresholds_of(const Regime& regime, Attribute attribute);

/// Cut points of `regime`; each bound counts where it is written and, with a margin, that much
/// lower as well.
CutPoints cut_points(const Regime& regime, double margin);

/// Cores and a tensor rate.
struct ComputeStep {
  int cores = 1;
  double tensor_rate = 1.0;
};

/// Of all pairs of whole cores and tensor rate that no cut point divides the one with the most
/// tensor throughput, then with the most cores; those with the most tensor throughput first. A rate
/// that can be set freely is set to just below each cut point that it can reach.
std::vector<ComputeStep> compute_steps(const DesignKnobs& knobs, const DeviceSpec& base,
                                       const std::vector<Format>& dropped, const CutPoints& cuts);

}  // namespace chokepoint
