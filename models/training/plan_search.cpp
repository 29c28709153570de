#include "models/training/plan_search.hpp"

#include <algorithm>
#include <array>

namespace chokepoint {
namespace {

constexpr int kMostTensor = 64, kMostContext = 16, kMostMicrobatch = 8, kMostChunks = 12;

std::vector<int> divisors(int of, int most) {
  std::vector<int> found;
  for (int n = 1; n <= std::min(of, most); ++n) {
    if (of % n == 0) found.push_back(n);
  }
  return found;
}

// Lays out all plans below one choice after the other.
class Enumeration {
public:
  Enumeration(const TrainingSystem& system, const TrainingTask& task)
      : system_(system), task_(task) {
    plan_.sequence = task.sequence;
    plan_.global_batch = task.global_batch;
    plan_.format = task.format;
    plan_.schedule = task.schedule;
  }

  std::vector<TrainingPlan> all() {
    const int widest = std::clamp(system_.links.domain, 1, kMostTensor);
    for (const int tensor : divisors(static_cast<int>(system_.model.heads), widest)) {
      if (task_.devices % tensor != 0) continue;
      plan_.tensor = tensor;
      for (const int stages : divisors(task_.devices / tensor, layers())) with_stages(stages);
    }
    return std::move(plans_);
  }

private:
  int layers() const { return static_cast<int>(trained_layers(system_.model)); }

  void with_stages(int stages) {
    plan_.pipeline = stages;
    const bool is_interleaved = task_.schedule == PipelineSchedule::OneForwardOneBackward;
    const int most = stages > 1 && is_interleaved ? kMostChunks : 1;
    for (int chunks = 1; chunks <= std::min(most, layers() / stages); ++chunks) {
      if (!divides_layers(layers(), stages * chunks)) continue;
      plan_.chunks = chunks;
      const int rest = task_.devices / (plan_.tensor * stages);
      for (const int context : divisors(rest, kMostContext)) with_context(context, rest);
    }
  }

  void with_context(int context, int rest) {
    plan_.context = context;
    plan_.data = rest / context;
    const int experts = static_cast<int>(system_.model.experts);
    for (const int spread : divisors(std::max(experts, 1), std::max(experts, 1))) {
      if ((system_.traits.divides_experts ? rest : plan_.tensor * rest) % spread != 0) continue;
      plan_.expert = spread;
      plan_.expert_tensor = spread > 1 && system_.traits.divides_experts ? plan_.tensor : 1;
      with_microbatches();
    }
  }

  void with_microbatches() {
    for (int microbatch = 1; microbatch <= kMostMicrobatch; microbatch *= 2) {
      plan_.microbatch = microbatch;
      if (task_.global_batch % plan_.sequences_of_round() != 0) continue;
      if (plan_.chunks > 1 && plan_.microbatches() % plan_.pipeline != 0) continue;
      for (const int zero : plan_.copies() > 1 ? std::vector{1, 3} : std::vector{0}) {
        plan_.zero = zero;
        for (const Recompute recompute : {Recompute::None, Recompute::Selective, Recompute::Full}) {
          plan_.recompute = recompute;
          plans_.push_back(plan_);
        }
      }
    }
  }

  const TrainingSystem& system_;
  const TrainingTask& task_;
  TrainingPlan plan_;
  std::vector<TrainingPlan> plans_;
};

}  // namespace

std::vector<TrainingPlan> training_plans(const TrainingSystem& system, const TrainingTask& task) {
  return Enumeration(system, task).all();
}

TrainingSearch search_training(const TrainingSystem& system, const TrainingTask& task,
                               std::size_t most) {
  const TrainingEstimator estimator(system);
  const auto is_faster = [](const RankedTrainingPlan& a, const RankedTrainingPlan& b) {
    return a.time.total() < b.time.total();
  };
  TrainingSearch found;
  for (const TrainingPlan& plan : training_plans(system, task)) {
    ++found.tried;
    const TrainingMemory memory = training_memory(system, plan);
    if (memory.margin() < 0) {
      ++found.too_large;
      continue;
    }
    const RankedTrainingPlan one{plan, estimator.step(plan), memory};
    const auto at = std::upper_bound(found.plans.begin(), found.plans.end(), one, is_faster);
    if (at == found.plans.end() && found.plans.size() >= most) continue;
    found.plans.insert(at, one);
    if (found.plans.size() > most) found.plans.pop_back();
  }
  return found;
}

StepPart slower_part(const StepTime& plan, const StepTime& best) {
  std::size_t worst = 0;
  for (std::size_t i = 1; i < kStepParts; ++i) {
    if (plan.parts[i] - best.parts[i] > plan.parts[worst] - best.parts[worst]) worst = i;
  }
  return static_cast<StepPart>(worst);
}

}  // namespace chokepoint
