#include "models/performance/fallback.hpp"

#include <algorithm>
#include <cassert>

namespace chokepoint {
namespace {

double strength(const CoverageRule& rule) {
  return (rule.kernel ? 2 : 0) + (rule.family ? 1 : 0);
}

/// The share that the strongest rule states; 1 where none holds.
double coverage(const StackVersion& version, Kernel kernel, ModelFamily family, bool is_research) {
  double best = -1, share = 1;
  for (const CoverageRule& rule : version.coverage) {
    if (rule.is_of_research != is_research) continue;
    if (rule.kernel.value_or(kernel) != kernel || rule.family.value_or(family) != family) continue;
    if (strength(rule) <= best) continue;
    best = strength(rule);
    share = rule.share.value;
  }
  return share;
}

std::optional<Fallback> fallback_of(std::span<const FallbackRule> rules, DeviceKind kind,
                                    Kernel kernel) {
  const FallbackRule* found = nullptr;
  for (const FallbackRule& rule : rules) {
    if (rule.device != kind || rule.kernel.value_or(kernel) != kernel) continue;
    if (found == nullptr || (rule.kernel && !found->kernel)) found = &rule;
  }
  return found == nullptr ? std::nullopt : std::optional(found->fallback);
}

Seconds on_host(const OperatorWork& work, const HostPath& host) {
  return host.round_trip.value * work.launches + work.traffic / host.link.value +
         (work.matrix + work.vector) / host.compute.value;
}

}  // namespace

const StackVersion* newest_version(std::span<const StackVersion> versions, StackId stack) {
  const StackVersion* newest = nullptr;
  for (const StackVersion& version : versions) {
    if (version.stack != stack) continue;
    if (newest == nullptr || version.released >= newest->released) newest = &version;
  }
  return newest;
}

KernelSupport kernel_support(const StackVersion& version, ModelFamily family, bool is_research,
                             DeviceKind kind, std::span<const FallbackRule> fallbacks) {
  KernelSupport made;
  for (std::size_t i = 0; i < kKernels; ++i) {
    const auto kernel = static_cast<Kernel>(i);
    double share = coverage(version, kernel, family, false);
    if (is_research) share = std::min(share, coverage(version, kernel, family, true));
    const auto fallback = fallback_of(fallbacks, kind, kernel);
    assert(share == 1 || fallback);
    made.of[i] = {share, fallback.value_or(Fallback{})};
  }
  return made;
}

bool lacks_fallback(const CoverageRule& coverage, DeviceKind kind,
                    std::span<const FallbackRule> fallbacks) {
  if (coverage.share.value == 1) return false;
  for (std::size_t i = 0; i < kKernels; ++i) {
    const auto kernel = static_cast<Kernel>(i);
    if (coverage.kernel.value_or(kernel) == kernel && !fallback_of(fallbacks, kind, kernel)) {
      return true;
    }
  }
  return false;
}

SupportedTime supported_time(const OperatorWork& work, const KernelTime& native,
                             const KernelSupport& support) {
  const auto& [coverage, fallback] = support[work.kernel];
  assert(coverage >= 0 && coverage <= 1);
  if (coverage == 1) return {native, {}};
  const bool is_on_host = fallback.host.has_value();
  const Seconds slow =
      is_on_host ? on_host(work, *fallback.host) : native.time / fallback.rate_share.value;
  return {
      {native.time * coverage, native.limit},
      {std::max(native.time, slow) * (1 - coverage), is_on_host ? Limit::Overhead : native.limit}};
}

}  // namespace chokepoint
