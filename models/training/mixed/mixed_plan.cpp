#include "models/training/mixed/mixed_plan.hpp"

#include <algorithm>

namespace chokepoint {
namespace {

PipelineLoad mixed_pipeline(const MixedPlan& plan, const std::vector<StageTime>& stages) {
  PipelineLoad load;
  load.devices = static_cast<int>(stages.size());
  load.microbatches = plan.parts.front().plan.microbatches();
  load.each = stages;
  return load;
}

}  // namespace

int MixedPlan::devices() const {
  int all = 0;
  for (const MixedPart& part : parts) all += part.devices();
  return all;
}

bool are_divided_alike(const MixedPlan& a, const MixedPlan& b) {
  return std::ranges::equal(a.parts, b.parts, [](const MixedPart& one, const MixedPart& other) {
    return one.kind == other.kind && one.plan.tensor == other.plan.tensor &&
           one.stages() == other.stages() && one.plan.copies() == other.plan.copies();
  });
}

MixedEstimator::MixedEstimator(std::span<const FleetKind> kinds) : kinds_(kinds) {
  estimators_.reserve(kinds.size());
  for (const FleetKind& kind : kinds) estimators_.emplace_back(kind.system);
}

KindBorder MixedEstimator::border(const MixedPlan& plan, std::span<const LayerLoad> loads,
                                  std::size_t before) const {
  const MixedPart &a = plan.parts[before], &b = plan.parts[before + 1];
  const BytesPerSecond of_a = of(a.kind).network(), of_b = of(b.kind).network();
  const BytesPerSecond rate = std::min(of_a, of_b);
  // Fewer ranks of a stage have more each to send or to take.
  const PassTimes sent = of(a.kind).hand_over(a.plan, loads[before], a.fewest(), rate);
  const PassTimes taken = of(b.kind).hand_over(b.plan, loads[before + 1], b.fewest(), rate);
  return {of_b < of_a ? b.kind : a.kind,
          rate,
          {std::max(sent.forward, taken.forward), std::max(sent.backward, taken.backward)}};
}

void MixedEstimator::add_stages(const MixedPlan& plan, std::span<const LayerLoad> loads,
                                MixedTime& to) const {
  const std::size_t parts = plan.parts.size();
  for (std::size_t i = 0; i + 1 < parts; ++i) to.borders.push_back(border(plan, loads, i));
  for (std::size_t i = 0; i < parts; ++i) {
    const MixedPart& part = plan.parts[i];
    const TrainingEstimator& estimator = of(part.kind);
    const PassTimes own = estimator.hand_over(part.plan, loads[i], part.fewest());
    for (int s = 0; s < part.stages(); ++s) {
      const bool is_first = s == 0 && i > 0, is_last = s + 1 == part.stages() && i + 1 < parts;
      const PassTimes over = {is_last ? to.borders[i].hand_over.forward : own.forward,
                              is_first ? to.borders[i - 1].hand_over.backward : own.backward};
      to.stages.push_back(
          estimator.stage(loads[i], part.layers[static_cast<std::size_t>(s)], over));
    }
  }
  to.stages.back().forward += loads.back().head.forward;
  to.stages.back().backward += loads.back().head.backward;
}

void MixedEstimator::add_endings(const MixedPlan& plan, std::span<const LayerLoad> loads,
                                 MixedTime& to) const {
  double straggling = 0;
  StepEnding slowest;
  for (std::size_t i = 0; i < plan.parts.size(); ++i) {
    const MixedPart& part = plan.parts[i];
    const TrainingSystem& system = kinds_[part.kind].system;
    const bool has_end = i == 0 || i + 1 == plan.parts.size();
    const double tables = has_end ? vocabulary_tables(system.model, part.plan) : 0;
    const double most = *std::ranges::max_element(part.layers);
    const auto ending =
        of(part.kind).ending(part.plan, loads[i], {most, tables, double(part.fewest())});
    if (ending.total() > slowest.total()) slowest = ending;
    straggling = std::max(straggling, of(part.kind).straggling(plan.devices()));
    to.host = std::max(to.host, Seconds{system.coefficients.host_s});
  }
  to.copies = slowest.copies.waited;
  to.optimizer = slowest.optimizer;
  to.straggling = to.pipeline * straggling;
}

MixedTime MixedEstimator::time(const MixedPlan& plan, std::span<const LayerLoad> loads) const {
  MixedTime made;
  add_stages(plan, loads, made);
  made.pipeline = pipeline_time(mixed_pipeline(plan, made.stages));
  add_endings(plan, loads, made);
  return made;
}

MixedTime MixedEstimator::least_time(const MixedPlan& plan,
                                     std::span<const LayerLoad> loads) const {
  MixedTime made;
  add_stages(plan, loads, made);
  made.pipeline = least_pipeline_time(mixed_pipeline(plan, made.stages));
  add_endings(plan, loads, made);
  return made;
}

MixedTime MixedEstimator::time(const MixedPlan& plan) const {
  std::vector<LayerLoad> loads;
  loads.reserve(plan.parts.size());
  for (const MixedPart& part : plan.parts) loads.push_back(of(part.kind).load(part.plan));
  return time(plan, loads);
}

TrainingMemory part_memory(const TrainingSystem& system, const MixedPart& part, int first) {
  TrainingMemory fullest;
  for (int s = 0; s < part.stages(); ++s) {
    const TrainingMemory one =
        stage_memory(system, part.plan, first + s, part.layers[static_cast<std::size_t>(s)]);
    if (one.total() > fullest.total()) fullest = one;
  }
  return fullest;
}

}  // namespace chokepoint
