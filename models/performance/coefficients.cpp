#include "models/performance/coefficients.hpp"

#include <array>
#include <cmath>

namespace chokepoint {
namespace {

using C = Coefficients;

constexpr std::array kListing = {
    CoefficientInfo{"weight_bandwidth", "fraction",
                    "of bandwidth, reading weights of dense products", &C::weight_bandwidth, 0.8,
                    0.1, 0.92, true},
    CoefficientInfo{"weight_bandwidth_4bit", "factor", "on that, where products are in 4 bits",
                    &C::weight_bandwidth_4bit, 0.85, 0.1, 1.0, true},
    CoefficientInfo{"expert_bandwidth", "fraction", "of bandwidth, reading weights of experts",
                    &C::expert_bandwidth, 0.6, 0.4, 0.92, true},
    CoefficientInfo{"widened_weights", "factor",
                    "on both roofs, where weights are widened to 16 bits", &C::widened_weights, 0.8,
                    0.3, 1.0, false},
    CoefficientInfo{"kv_bandwidth", "fraction", "of bandwidth, reading the cache", &C::kv_bandwidth,
                    0.7, 0.4, 0.92, true},
    CoefficientInfo{"latent_kv_bandwidth", "fraction", "of bandwidth, reading a latent cache",
                    &C::latent_kv_bandwidth, 0.5, 0.5, 0.92, true},
    CoefficientInfo{"gemm_16bit", "fraction", "of the dense peak in 16-bit products",
                    &C::gemm_16bit, 0.6, 0.3, 0.85, false},
    CoefficientInfo{"gemm_8bit", "fraction", "of the dense peak in 8-bit products", &C::gemm_8bit,
                    0.5, 0.3, 0.8, true},
    CoefficientInfo{"gemm_4bit", "fraction", "of the dense peak in 4-bit products", &C::gemm_4bit,
                    0.4, 0.4, 0.75, true},
    CoefficientInfo{"block_scaled", "factor", "on 8-bit products scaled in blocks, as on a B200",
                    &C::block_scaled, 0.75, 0.3, 1.0, true},
    CoefficientInfo{"matrix_alone", "fraction", "of the dense peak where nothing else holds it up",
                    &C::matrix_alone, 0.93, 0.03, 0.98, false},
    CoefficientInfo{"grouped_gemm", "factor", "on these, in products of experts", &C::grouped_gemm,
                    0.7, 0.4, 1.0, true},
    CoefficientInfo{"grouped_gemm_4bit", "factor", "on that, in 4 bits", &C::grouped_gemm_4bit, 1.0,
                    0.4, 2.0, false},
    CoefficientInfo{"attention_prefill", "fraction", "of the bf16 peak in attention of prompts",
                    &C::attention_prefill, 0.35, 0.5, 0.8, true},
    CoefficientInfo{"attention_decode", "fraction", "of the bf16 peak in attention of decoding",
                    &C::attention_decode, 0.7, 0.1, 0.85, false},
    CoefficientInfo{"vector", "fraction", "of the peak of vector units", &C::vector, 0.5, 0.3, 0.9,
                    false},
    CoefficientInfo{"gemm_half_rows", "tokens", "at which a product attains half of its fraction",
                    &C::gemm_half_rows, 16, 0.5, 200, false},
    CoefficientInfo{"expert_half_rows", "tokens", "of one expert at which it attains half",
                    &C::expert_half_rows, 8, 0.6, 64, false},
    CoefficientInfo{"activation_passes", "passes", "of the hidden vector through memory in a layer",
                    &C::activation_passes, 12, 0.7, 30, false},
    CoefficientInfo{"routing_diversity", "fraction", "of tokens that choose experts of their own",
                    &C::routing_diversity, 0.8, 0.3, 1.0, false},
    CoefficientInfo{"expert_skew", "factor", "deviation of devices' shares of visits to experts",
                    &C::expert_skew, 0.1, 0.4, 1.0, false},
    CoefficientInfo{"layer_launch_us", "us", "beside the roofs in every layer", &C::layer_launch_us,
                    25, 0.6, 0, true},
    CoefficientInfo{"eager_launch_us", "us", "more in every layer where no graphs hide launches",
                    &C::eager_launch_us, 300, 0.8, 0, false},
    CoefficientInfo{"expert_launch_us", "us", "more in a layer with experts", &C::expert_launch_us,
                    12, 0.5, 0, true},
    CoefficientInfo{"latent_launch_us", "us", "more in a layer with latent attention",
                    &C::latent_launch_us, 30, 0.5, 0, true},
    CoefficientInfo{"quantize_4bit_us", "us", "more in a layer, to quantize activations to 4 bits",
                    &C::quantize_4bit_us, 8, 0.6, 0, true},
    CoefficientInfo{"block_scale_us", "us", "more in a layer with block-scaled fp8 experts",
                    &C::block_scale_us, 20, 0.6, 0, true},
    CoefficientInfo{"host_us", "us", "of the host in every iteration", &C::host_us, 400, 0.8, 0,
                    true},
    CoefficientInfo{"host_per_sequence_us", "us",
                    "of the host for every sequence of an attention group",
                    &C::host_per_sequence_us, 4, 1.0, 0, false},
    CoefficientInfo{"link", "fraction", "of scale-up bandwidth in one direction", &C::link, 0.6,
                    0.5, 0.9, false},
    CoefficientInfo{"outer_link", "fraction", "of scale-out bandwidth in one direction",
                    &C::outer_link, 0.85, 0.1, 0.95, false},
    CoefficientInfo{"hop_us", "us", "of a barrier of two devices", &C::hop_us, 2.5, 0.4, 0, true},
    CoefficientInfo{"phase_us", "us", "between two phases of a collective", &C::phase_us, 15, 0.6,
                    0, false},
    CoefficientInfo{"interference", "factor", "on the time that prefill takes from decoding",
                    &C::interference, 0.9, 0.3, 1.3, true},
    CoefficientInfo{"burst", "factor", "on the time that requests of a first burst wait", &C::burst,
                    1.0, 0.3, 1.6, true},
    CoefficientInfo{"queue", "factor", "on the time that prompts wait for each other", &C::queue,
                    0.4, 0.8, 0, true},
    CoefficientInfo{"first_token_ms", "ms", "of server and network before a first token",
                    &C::first_token_ms, 12, 0.8, 0, true},
    CoefficientInfo{"first_token_iterations", "iterations", "before a first token",
                    &C::first_token_iterations, 1.5, 0.6, 4, true},
    CoefficientInfo{"wait_share", "factor", "of stated stream and receive intervals that is waited",
                    &C::wait_share, 0.9, 0.2, 0, false},
    CoefficientInfo{"accepted_depth_1", "tokens", "per iteration with one speculated token",
                    &C::accepted_depth_1, 1.7, 0.15, 0, false},
    CoefficientInfo{"accepted_depth_3", "tokens", "per iteration with three speculated tokens",
                    &C::accepted_depth_3, 2.6, 0.2, 0, true},
    CoefficientInfo{"draft_cost", "factor", "on an iteration that speculates", &C::draft_cost, 1.15,
                    0.2, 0, false},
    CoefficientInfo{"usable_memory", "fraction", "of device memory that an engine takes",
                    &C::usable_memory, 0.92, 0.03, 0, false},
};

}  // namespace

std::span<const CoefficientInfo> coefficient_listing() {
  return kListing;
}

double capped(double x, double cap) {
  if (cap <= 0.0) return x;
  const double square = (x / cap) * (x / cap);
  const double eighth = square * square * square * square;
  return x / std::sqrt(std::sqrt(std::sqrt(1 + eighth)));
}

}  // namespace chokepoint
