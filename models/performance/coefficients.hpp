#pragma once

#include <span>
#include <string_view>

namespace chokepoint {

/// What the dimensions of a model and the datasheet of a device do not say about speed: which share
/// of its roofs a serving system attains, and what it spends beside them. Fractions are of dense
/// peaks and datasheet bandwidths, so that they carry over from one device to another. Each member
/// is described, with its prior, by coefficient_listing(); a fresh one is at its prior.
struct Coefficients {
  double weight_bandwidth = 0.8, weight_bandwidth_4bit = 0.85, expert_bandwidth = 0.6;
  double widened_weights = 0.8;
  double kv_bandwidth = 0.7, latent_kv_bandwidth = 0.5;
  double gemm_16bit = 0.6, gemm_8bit = 0.5, gemm_4bit = 0.4, matrix_alone = 0.93,
         block_scaled = 0.75;
  double grouped_gemm = 0.7, grouped_gemm_4bit = 1.0, attention_prefill = 0.35;
  double attention_decode = 0.7, vector = 0.5;
  double gemm_half_rows = 16, expert_half_rows = 8;
  double activation_passes = 12, routing_diversity = 0.8, expert_skew = 0.1;
  double layer_launch_us = 25, eager_launch_us = 300, expert_launch_us = 12, latent_launch_us = 30;
  double quantize_4bit_us = 8, block_scale_us = 20;
  double host_us = 400, host_per_sequence_us = 4;
  double link = 0.6, outer_link = 0.85, hop_us = 2.5, phase_us = 15;
  double interference = 0.9, burst = 1.0, queue = 0.4;
  double first_token_ms = 12, first_token_iterations = 1.5, wait_share = 0.9;
  double accepted_depth_1 = 1.7, accepted_depth_3 = 2.6, draft_cost = 1.15;
  double usable_memory = 0.92;

  bool operator==(const Coefficients&) const = default;
};

/// One coefficient as fitting, printing and reading walk them.
struct CoefficientInfo {
  std::string_view name;     ///< As its member.
  std::string_view unit;     ///< "fraction", "factor", "us", ...
  std::string_view meaning;  ///< One line.
  double Coefficients::*member;
  double prior;    ///< Median of the prior; the member's value in a fresh Coefficients.
  double sigma;    ///< Standard deviation of the logarithm.
  double cap;      ///< What physics or sense forbids to exceed; 0 where nothing does.
  bool by_engine;  ///< Whether engines may deviate from what is shared.
};

/// All coefficients, in a fixed order. Priors come from microbenchmarks, kernel counts and physics
/// as the notes on serving fidelity list them; wide where nobody measured.
std::span<const CoefficientInfo> coefficient_listing();

/// A value that stays below its cap: x / (1 + (x / cap)^8)^(1/8), which is x but for 1 % up to 0.7
/// of the cap, and rises towards the cap beyond. Without a cap x itself. Requires: x > 0.
double capped(double x, double cap);

}  // namespace chokepoint
