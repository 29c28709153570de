#include "models/training/training_coefficients.hpp"

#include <algorithm>
#include <cassert>
#include <tuple>
#include <utility>

#include "models/performance/coefficients.hpp"

namespace chokepoint {
namespace {

using C = TrainingCoefficients;
using S = TrainingScope;
using Info = TrainingCoefficientInfo;

constexpr std::array kListing = {
    Info{"gemm", "fraction", "of the dense 16-bit peak in large products, at full power", &C::gemm,
         0.75, 0.98, S::Architecture, 0.15},
    Info{"narrow_gemm", "factor", "on that in 8 or 4 bits, of their own peaks", &C::narrow_gemm,
         0.8, 1.25, S::Format, 0.25},
    Info{"compute", "factor", "on the speed of all computing of a stack version", &C::compute, 1.0,
         0, S::StackVersion, 0.1},
    Info{"power", "exponent", "of watts per FLOP below those of an H100 on the speed of products",
         &C::power, 0.6, 0, S::Everywhere, 0.2},
    Info{"depth_half", "values", "of inner dimension at which a product attains half",
         &C::depth_half, 150, 0, S::Architecture, 0.5},
    Info{"wave", "exponent", "of the share of tiles and waves that are full", &C::wave, 0.6, 1.0,
         S::Everywhere, 0.3},
    Info{"experts", "factor", "on the speed of products, in experts", &C::experts, 0.75, 1.0,
         S::Architecture, 0.3},
    Info{"flash", "fraction", "of the 16-bit peak in attention whose scores stay on the chip",
         &C::flash, 0.5, 0.9, S::Attention, 0.35},
    Info{"wide_head", "exponent", "of head width over 128, below it, on that", &C::wide_head, 0.3,
         0, S::Everywhere, 0.4},
    Info{"short_sequence", "tokens", "of a sequence at which attention attains half",
         &C::short_sequence, 60, 0, S::Everywhere, 0.8},
    Info{"score_products", "fraction", "of the 16-bit peak in products of kept scores",
         &C::score_products, 0.5, 0.9, S::Architecture, 0.3},
    Info{"score_bytes", "B", "moved for a score that is kept, in each direction", &C::score_bytes,
         14, 0, S::Architecture, 0.4},
    Info{"vector", "factor", "on the bytes that norms, activations and residuals move", &C::vector,
         1.1, 0, S::Fusion, 0.35},
    Info{"dispatch_passes", "passes", "of the hidden vector for each visit to an expert",
         &C::dispatch_passes, 8, 0, S::ExpertRelease, 0.5},
    Info{"cast_bytes", "B", "for each input of a product in 8 or 4 bits", &C::cast_bytes, 2.5, 0,
         S::Everywhere, 0.5},
    Info{"logit_bytes", "B", "moved for a logit", &C::logit_bytes, 20, 0, S::Architecture, 0.5},
    Info{"gradient_bytes", "B", "moved for a gradient of a weight in every microbatch",
         &C::gradient_bytes, 9, 0, S::Everywhere, 0.4},
    Info{"recompute", "factor", "on the forward pass that is done once more", &C::recompute, 0.95,
         1.3, S::Recomputation, 0.12},
    Info{"launch_us", "us", "of the host for each kernel of a layer that it launches",
         &C::launch_us, 35, 0, S::ExpertRelease, 0.4},
    Info{"tensor_link", "fraction",
         "of scale-up links in exchange of activations, gradients, weights", &C::tensor_link, 0.7,
         0.95, S::Architecture, 0.3},
    Info{"tensor_hidden", "fraction", "of that exchange behind products, where a stack overlaps",
         &C::tensor_hidden, 0.5, 0.95, S::TensorOverlap, 0.4},
    Info{"context_loss", "factor", "more time of attention in long rings of context parallelism",
         &C::context_loss, 0.2, 0, S::Architecture, 0.7},
    Info{"expert_link", "fraction", "of scale-up links in exchange with experts", &C::expert_link,
         0.6, 0.95, S::Everywhere, 0.3},
    Info{"expert_skew", "factor", "deviation of devices' shares of visits to experts",
         &C::expert_skew, 0.05, 1.0, S::Everywhere, 0.4},
    Info{"expert_hidden", "fraction", "of exchange with experts behind other work",
         &C::expert_hidden, 0.1, 0.95, S::ExpertRelease, 0.7},
    Info{"outer_link", "fraction", "of network cards in exchange between servers", &C::outer_link,
         0.7, 0.95, S::Network, 0.2},
    Info{"congestion", "factor", "more time of that for twice as many servers", &C::congestion,
         0.03, 0, S::Network, 0.7},
    Info{"hand_over", "fraction", "of hand-overs between stages that devices wait for",
         &C::hand_over, 0.4, 1.0, S::Everywhere, 0.6},
    Info{"data_hidden", "fraction", "of computing that hides gradients and parameters on their way",
         &C::data_hidden, 0.5, 0.98, S::DataOverlap, 0.4},
    Info{"broadcast_ms", "ms", "for each rank, where updated parameters are broadcast one by one",
         &C::broadcast_ms, 2.6, 0, S::Everywhere, 0.4},
    Info{"optimizer_bytes", "B", "moved by the optimizer for a parameter", &C::optimizer_bytes, 30,
         0, S::Everywhere, 0.15},
    Info{"host_s", "s", "of the host in every step", &C::host_s, 0.03, 0, S::Architecture, 0.8},
    Info{"straggling", "factor", "more time of a pipeline for twice as many devices beyond eight",
         &C::straggling, 0.005, 0, S::Everywhere, 0.5},
    Info{"hop_us", "us", "from one device to another", &C::hop_us, 4, 0, S::Everywhere, 0.4}};

constexpr std::array kDeviations = {TrainingDeviation{"gemm", S::Device, 0.08}};

// Estimated from these rows, as the listing: where keys plainly differ.
// That of products on Blackwell in 16 bits, of which no dense run was fitted, is a microbenchmark:
// SimuMax (configs/system/b200_bf16_ceperm.json) measured 0.48 of the peak of a B200 over 120
// shapes of products in both directions, sums of gradients included; `power` and `wave` taken out.
// So is that of attention there: 0.44 to 0.58 of the peak forward, 0.36 to 0.44 backward.
// A100 and H100 attain 0.52 and 0.44 of their scale-up links, as fitted: others are taken alike.
constexpr std::array kPriors = {TrainingPrior{"gemm", "cuda.16", 0.85},
                                TrainingPrior{"gemm", "cuda.8", 0.72},
                                TrainingPrior{"gemm", "cuda.4", 0.66, 0.05},
                                TrainingPrior{"narrow_gemm", "mxfp8", 0.75},
                                TrainingPrior{"narrow_gemm", "nvfp4", 0.5},
                                TrainingPrior{"narrow_gemm", "bf16", 1.0},
                                TrainingPrior{"flash", "triton.cuda.16", 0.4},
                                TrainingPrior{"flash", "triton.cuda.8", 0.22},
                                TrainingPrior{"flash", "fa2.cuda.16", 0.6},
                                TrainingPrior{"flash", "fa2.cuda.8", 0.34},
                                TrainingPrior{"flash", "sdpa.cuda.8", 0.34},
                                TrainingPrior{"flash", "cudnn.cuda.4", 0.49, 0.1},
                                TrainingPrior{"vector", "megatron", 1.0},
                                TrainingPrior{"vector", "autocast", 1.6},
                                TrainingPrior{"vector", "eager", 1.5},
                                TrainingPrior{"vector", "fsdp", 1.2},
                                TrainingPrior{"vector", "npu", 1.2},
                                TrainingPrior{"dispatch_passes", "2025a", 14},
                                TrainingPrior{"dispatch_passes", "2025b", 14},
                                TrainingPrior{"launch_us", "2025a", 40},
                                TrainingPrior{"launch_us", "2025b", 60},
                                TrainingPrior{"launch_us", "2026", 20},
                                TrainingPrior{"data_hidden", "none", 0.2},
                                TrainingPrior{"data_hidden", "core", 0.6},
                                TrainingPrior{"data_hidden", "sharded", 0.6},
                                TrainingPrior{"tensor_link", "cann", 0.5},
                                TrainingPrior{"tensor_link", "cuda", 0.5},
                                TrainingPrior{"context_loss", "cann", 0.05},
                                TrainingPrior{"context_loss", "cuda", 0.4}};

double& value_of(TrainingCoefficients& of, const Info& info) {
  return of.*info.member;
}

// Of those that the key begins with the longest.
const TrainingPrior* prior_of(const Info& info, std::string_view key) {
  const TrainingPrior* best = nullptr;
  for (const TrainingPrior& prior : kPriors) {
    if (prior.coefficient != info.name || !key.starts_with(prior.key)) continue;
    if (best == nullptr || prior.key.size() > best->key.size()) best = &prior;
  }
  return best;
}

}  // namespace

std::string_view name(TrainingScope scope) {
  constexpr std::array<std::string_view, kTrainingScopes> kNames = {
      "everywhere",   "architecture", "device",         "format",
      "attention",    "fusion",       "recomputation",  "tensor_overlap",
      "data_overlap", "network",      "expert_release", "stack_version"};
  return kNames[static_cast<std::size_t>(scope)];
}

std::span<const TrainingCoefficientInfo> training_coefficient_listing() {
  return kListing;
}

std::span<const TrainingDeviation> training_deviations() {
  return kDeviations;
}

std::span<const TrainingPrior> training_priors() {
  return kPriors;
}

double training_prior(const TrainingCoefficientInfo& info, std::string_view key) {
  const TrainingPrior* found = prior_of(info, key);
  return found == nullptr ? info.prior : found->value;
}

double training_sigma(const TrainingCoefficientInfo& info, std::string_view key) {
  const TrainingPrior* found = prior_of(info, key);
  return found == nullptr || found->sigma == 0 ? info.sigma : found->sigma;
}

TrainingFigures::TrainingFigures(std::vector<TrainingFigure> figures)
    : figures_(std::move(figures)) {
  std::sort(figures_.begin(), figures_.end(), [](const auto& a, const auto& b) {
    return std::tie(a.coefficient, a.scope, a.key) < std::tie(b.coefficient, b.scope, b.key);
  });
}

const TrainingFigure* TrainingFigures::find(std::string_view coefficient, TrainingScope scope,
                                            std::string_view key) const {
  const auto wanted = std::tuple(coefficient, scope, key);
  const auto found =
      std::lower_bound(figures_.begin(), figures_.end(), wanted, [](const auto& a, const auto& b) {
        return std::tuple<std::string_view, TrainingScope, std::string_view>(a.coefficient, a.scope,
                                                                             a.key) < b;
      });
  const bool is_it = found != figures_.end() && found->coefficient == coefficient &&
                     found->scope == scope && found->key == key;
  return is_it ? &*found : nullptr;
}

TrainingCoefficients TrainingFigures::of(const TrainingKeys& keys) const {
  const auto key = [&](TrainingScope scope) -> const std::string& {
    return keys[static_cast<std::size_t>(scope)];
  };
  TrainingCoefficients made;
  for (const Info& info : kListing) {
    const auto* figure = find(info.name, info.scope, key(info.scope));
    double value = figure ? figure->value : training_prior(info, key(info.scope));
    for (const TrainingDeviation& second : kDeviations) {
      if (second.coefficient != info.name) continue;
      if (const auto* factor = find(info.name, second.scope, key(second.scope))) {
        value *= factor->value;
      }
    }
    value_of(made, info) = capped(value, info.cap);
  }
  return made;
}

}  // namespace chokepoint
