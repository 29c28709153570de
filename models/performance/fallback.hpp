#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "models/hardware/device.hpp"
#include "models/performance/kernel.hpp"
#include "models/performance/roof.hpp"
#include "models/performance/serving_engine.hpp"
#include "models/sourced.hpp"

namespace chokepoint {

/// The way of an operator to the host and back: its operands cross the link, a kernel of the host
/// computes, results cross again.
struct HostPath {
  Sourced<BytesPerSecond> link;     ///< Of one device to the host, one direction.
  Sourced<FlopsPerSecond> compute;  ///< What a kernel of the host attains for one device.
  Sourced<Seconds> round_trip;      ///< Of one operator: it waits, copies begin, it starts again.
};

/// How an operator runs that has no native, tuned kernel on a kind of device: on the host, or by
/// another kernel of the device at a share of the native rates.
struct Fallback {
  Sourced<double> rate_share = {1.0, {}};  ///< In (0, 1].
  std::optional<HostPath> host;
};

/// What is stated of one kind of device: for one class of kernels, or unset for all others.
struct FallbackRule {
  std::string name;
  DeviceKind device = DeviceKind::Gpu;
  std::optional<Kernel> kernel;
  Fallback fallback;
};

/// Share of a class of operators, by their time, that has native, tuned kernels. What is unset
/// holds for all; the more is set, the stronger.
struct CoverageRule {
  std::optional<Kernel> kernel;
  std::optional<ModelFamily> family;
  bool is_of_research = false;        ///< Of models that are not deployed yet alone.
  Sourced<double> share = {1.0, {}};  ///< In [0, 1].
};

/// How often the engine of a stack allocates a cache; 1: once, as it counts it.
struct CacheCopies {
  double least = 1, most = 1;  ///< At least 1.
};

/// A version of a software stack and what it has kernels for. Counts of models, functions and
/// kernels are no shares of time and are not kept here: see `maturity`.
struct StackVersion {
  std::string name;
  StackId stack;
  std::string released;  ///< YYYY-MM or YYYY-MM-DD.
  std::vector<CoverageRule> coverage;
  CacheCopies hybrid_cache;  ///< Of models with layers of linear attention beside others.
};

/// By class of kernels, the share with native kernels and what happens to the rest.
struct KernelSupport {
  struct Class {
    double coverage = 1;  ///< In [0, 1].
    Fallback fallback;
  };
  std::array<Class, kKernels> of;

  const Class& operator[](Kernel kernel) const { return of[static_cast<std::size_t>(kernel)]; }
};

/// The newest of the versions of `stack`, the later one of equals; null where there is none.
const StackVersion* newest_version(std::span<const StackVersion> versions, StackId stack);

/// What `version` has for models of `family` on devices of `kind`. A rule for kernel and family
/// goes before one for a kernel, that before one for a family, that before one for all. Where none
/// holds everything is native: engines ship what is deployed with tuned kernels. Of research models
/// no more is native than of deployed ones. Requires: a fallback of `kind` for each class of which
/// not all is native; see lacks_fallback().
KernelSupport kernel_support(const StackVersion& version, ModelFamily family, bool is_research,
                             DeviceKind kind, std::span<const FallbackRule> fallbacks);

/// Whether `coverage` leaves kernels without a native one for which no rule says what they take
/// instead on devices of `kind`.
bool lacks_fallback(const CoverageRule& coverage, DeviceKind kind,
                    std::span<const FallbackRule> fallbacks);

/// Time of one operator where some of its kernels are missing: the native part and the rest.
struct SupportedTime {
  KernelTime native;
  KernelTime fallback;  ///< 0 where all are native. On the host its limit is overhead.
};

/// Splits `work`, which takes `native` with native kernels, with coverage c:
///
///   native part   c * native
///   the rest      (1 - c) * max(native, fallback)
///   fallback      native / rate_share,  or on the host
///                 n * round_trip + traffic / link + (matrix + vector) / compute
///
/// where n are the launches of the operator: one of each product, three of experts, one of
/// attention, ten of vector work; all of whose traffic crosses the link. So coverage 1
/// changes nothing, less coverage never speeds up, and no fallback beats the native kernel.
SupportedTime supported_time(const OperatorWork& work, const KernelTime& native,
                             const KernelSupport& support);

}  // namespace chokepoint
