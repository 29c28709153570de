#include "models/training/plan_grid.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "models/training/dual_pipe.hpp"

namespace chokepoint {
namespace {

constexpr int kMostTensor = 64, kMostContext = 16, kMostChunks = 12, kMostSequences = 64;
constexpr std::array kUsualMicrobatches = {1, 2, 4, 8};
constexpr std::array kShares = {0.25, 0.5, 0.75};  // Of layers, that are computed once more.

std::vector<int> divisors(int of, int most) {
  std::vector<int> found;
  for (int n = 1; n <= std::min(of, most); ++n) {
    if (of % n == 0) found.push_back(n);
  }
  return found;
}

// Lays out all shapes below one choice after the other.
class Shapes {
public:
  Shapes(const TrainingSystem& system, const TrainingTask& task) : system_(system), task_(task) {
    plan_.sequence = task.sequence;
    plan_.global_batch = task.global_batch;
    plan_.format = task.format;
    schedules_ = {task.schedule};
    for (const PipelineSchedule other : task.other_schedules) {
      if (std::ranges::find(schedules_, other) == schedules_.end()) schedules_.push_back(other);
    }
  }

  std::vector<PlanShape> all() {
    const int widest = std::clamp(system_.links.domain, 1, kMostTensor);
    for (const int tensor : divisors(static_cast<int>(system_.model.heads), widest)) {
      plan_.tensor = tensor;
      for (int stages = 1; stages <= std::min(task_.devices / tensor, layers()); ++stages) {
        if (is_whole() || task_.devices % (tensor * stages) == 0) with_stages(stages);
      }
    }
    return std::move(shapes_);
  }

private:
  int layers() const { return static_cast<int>(trained_layers(system_.model)); }
  bool is_whole() const { return task_.grid == PlanGrid::Whole; }

  void with_stages(int stages) {
    plan_.pipeline = stages;
    for (const PipelineSchedule schedule : schedules_) {
      // Of one stage all are the same.
      if (stages == 1 && schedule != schedules_.front()) continue;
      plan_.schedule = schedule;
      const bool takes_turns = schedule == PipelineSchedule::OneForwardOneBackward;
      const int most = stages == 1 || !takes_turns ? 1 : is_whole() ? layers() : kMostChunks;
      for (int chunks = 1; chunks <= std::min(most, layers() / stages); ++chunks) {
        if (!divides_layers(layers(), stages * chunks)) continue;
        plan_.chunks = chunks;
        const int rest = task_.devices / (plan_.tensor * stages);
        for (int context = 1; context <= std::min(rest, kMostContext); ++context) {
          if (is_ring(context, rest)) with_context(context, rest);
        }
      }
    }
  }

  bool is_ring(int context, int rest) const {
    return divides_sequence(task_.sequence, context) && (is_whole() || rest % context == 0);
  }

  // As many copies as divide the batch; what is left over is idle.
  int most_copies(int most) const {
    while (most > 1 && task_.global_batch % most != 0) --most;
    return most;
  }

  void with_context(int context, int rest) {
    plan_.context = context;
    plan_.data = is_whole() ? most_copies(rest / context) : rest / context;
    const int experts = static_cast<int>(system_.model.experts);
    const int ranks = (system_.traits.divides_experts ? 1 : plan_.tensor) * plan_.copies();
    for (const int spread : divisors(std::max(experts, 1), std::max(experts, 1))) {
      if (ranks % spread != 0) continue;
      plan_.expert = spread;
      plan_.expert_tensor = spread > 1 && system_.traits.divides_experts ? plan_.tensor : 1;
      with_microbatches();
    }
  }

  void with_microbatches() {
    if (task_.global_batch % plan_.data != 0) return;
    const int each = task_.global_batch / plan_.data;
    const auto try_one = [&](int microbatch) {
      if (each % microbatch != 0) return;
      plan_.microbatch = microbatch;
      const int m = plan_.microbatches();
      if (plan_.chunks > 1 && m % plan_.pipeline != 0) return;
      if (plan_.schedule == PipelineSchedule::DualPipe && !passes_both_ways(plan_.pipeline, m)) {
        return;
      }
      shapes_.push_back({plan_, count_});
      count_ += plan_options(system_, task_, plan_).count();
    };
    if (is_whole()) {
      for (int microbatch = 1; microbatch <= kMostSequences; ++microbatch) try_one(microbatch);
    } else {
      for (const int microbatch : kUsualMicrobatches) try_one(microbatch);
    }
  }

  const TrainingSystem& system_;
  const TrainingTask& task_;
  std::vector<PipelineSchedule> schedules_;
  TrainingPlan plan_;
  std::vector<PlanShape> shapes_;
  long count_ = 0;
};

}  // namespace

std::vector<PlanShape> plan_shapes(const TrainingSystem& system, const TrainingTask& task) {
  return Shapes(system, task).all();
}

PlanOptions plan_options(const TrainingSystem& system, const TrainingTask& task,
                         const TrainingPlan& shape) {
  PlanOptions made;
  const bool is_whole = task.grid == PlanGrid::Whole;
  const int copies = shape.copies();
  if (!is_whole) {
    made.shardings = copies > 1 ? std::vector<PlanOptions::Sharding>{{1, 0}, {3, 0}}
                                : std::vector<PlanOptions::Sharding>{{0, 0}};
  } else {
    made.shardings = {{0, 0}};
    for (int zero = 1; zero <= 3 && copies > 1; ++zero) {
      made.shardings.push_back({zero, 0});
      for (const int ranks : divisors(copies, copies / 2)) {
        if (ranks > 1) made.shardings.push_back({zero, ranks});
      }
    }
  }
  const double layers = trained_layers(system.model) / shape.stages();
  for (const bool divides_norms : {true, false}) {
    if (!divides_norms && (!is_whole || shape.tensor == 1)) continue;
    made.savings.push_back({Recompute::None, 1, divides_norms});
    made.savings.push_back({Recompute::Selective, 1, divides_norms});
    made.savings.push_back({Recompute::Full, 1, divides_norms});
    for (const double share : kShares) {
      const double of_stage = share * layers;
      if (!is_whole || of_stage != std::floor(of_stage)) continue;
      made.savings.push_back({Recompute::Full, share, divides_norms});
    }
  }
  return made;
}

TrainingPlan with_options(TrainingPlan shape, const PlanOptions::Sharding& sharding,
                          const PlanOptions::Saving& saving) {
  shape.zero = sharding.zero;
  shape.sharded = sharding.ranks;
  shape.recompute = saving.recompute;
  shape.recomputed_share = saving.share;
  shape.sequence_parallel = saving.sequence_parallel;
  return shape;
}

std::vector<TrainingPlan> training_plans(const TrainingSystem& system, const TrainingTask& task) {
  std::vector<TrainingPlan> plans;
  for (const PlanShape& shape : plan_shapes(system, task)) {
    const PlanOptions options = plan_options(system, task, shape.plan);
    for (const auto& sharding : options.shardings) {
      for (const auto& saving : options.savings) {
        plans.push_back(with_options(shape.plan, sharding, saving));
      }
    }
  }
  return plans;
}

}  // namespace chokepoint
