#pragma once

#include <optional>
#include <span>
#include <vector>

#include "models/performance/steady_state.hpp"

namespace chokepoint {

/// What is to be served, and on what. Refers to model and device.
struct ServingTask {
  const Transformer& model;
  const DeviceSpec& device;  ///< bf16 peak, memory and bandwidth known.
  Interconnect links;
  Coefficients coefficients;
  MemorySettings memory;
  EngineSettings settings;
  Tokens prompt, output;  ///< Mean lengths of a request; positive.
  double waves = 0;       ///< See ServingLoad.
  KernelSupport support = {};
};

/// What a plan does with a load.
struct ServingEstimate {
  ServingPlan plan;
  int replicas = 1;        ///< Of the plan, each with its own part of the load.
  double concurrency = 1;  ///< Requests in flight in one replica.
  ServingMemory memory;
  FitVerdict fit;  ///< Of one request.
  SteadyState state;

  int devices() const { return replicas * plan.devices(); }
  TokensPerSecond output() const { return state.output * replicas; }
};

/// Steady state of `replicas` replicas with so many requests in flight in each.
/// Requires: plan_complaint() empty.
ServingEstimate estimate_serving(const ServingTask& task, const ServingPlan& plan, int replicas,
                                 double concurrency);

/// The same where requests arrive at `rate` per second at each replica: the concurrency that
/// serves as many. Nothing where no concurrency does.
std::optional<ServingEstimate> estimate_at_rate(const ServingTask& task, const ServingPlan& plan,
                                                int replicas, double rate);

/// Upper bounds; unset: none.
struct ServingTarget {
  std::optional<Seconds> ttft, tpot;
};

/// A plan beside others.
struct RankedPlan {
  /// At the greatest concurrency that keeps the target; at one request where none does.
  ServingEstimate estimate;
  bool fits = false, keeps_target = false;
};

/// `replicas` of a plan, each at the greatest whole number of requests in flight that keeps the
/// target; at one request where none does. Requires: plan_complaint() empty.
RankedPlan plan_at_its_best(const ServingTask& task, const ServingPlan& plan, int replicas,
                            const ServingTarget& target);

/// Adds `plan` to `into`, and the same with whole experts spread over its devices: each where it
/// can be laid out, experts where there are at least as many as devices of a stage.
void add_layouts(const Transformer& model, ServingPlan plan, std::vector<ServingPlan>& into);

/// Plans for `devices` devices, in each of `precisions`: tensor parallelism, attention groups and
/// stages that are powers of two and divide the devices into equal replicas; experts sliced, or
/// whole where there are at least as many as devices of a stage. Every feasible combination is
/// tried. In order: those that fit and keep the target by output, most first; those that fit and do
/// not, least TPOT first; those that do not fit, least lack first. Equal ones in a fixed order.
std::vector<RankedPlan> search_serving(const ServingTask& task, int devices,
                                       const ServingTarget& target,
                                       std::span<const Precision> precisions);

}  // namespace chokepoint
