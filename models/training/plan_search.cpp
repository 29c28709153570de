#include "models/training/plan_search.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

namespace chokepoint {
namespace {

constexpr double kRounding = 1e-9;  // Relative, that a sum in another order may be off by at most.

// Plans of one shape that save alike: their pipelines take the same time.
struct AlikePlans {
  double bound = 0;  // No step of theirs is shorter, in seconds.
  std::uint32_t shape = 0, saving = 0;
};

// The fastest so far, one of each shape, and their places in the order of all plans.
class FastestPlans {
public:
  explicit FastestPlans(std::size_t most) : most_(most) {}

  // Whether a plan at `place` whose step takes `step`, or more, could be one of them.
  bool takes(double step, long place = 0) const {
    if (most_ == 0) return false;
    return kept_.size() < most_ || std::pair(step, place) < kept_.back().key;
  }

  void keep(long place, std::uint32_t shape, RankedTrainingPlan plan) {
    const std::pair key(plan.time.total().value, place);
    const auto like = std::ranges::find(kept_, shape, &Kept::shape);
    if (like != kept_.end()) {
      if (like->key <= key) return;
      kept_.erase(like);
    }
    const auto at = std::ranges::upper_bound(kept_, key, {}, &Kept::key);
    kept_.insert(at, {key, shape, std::move(plan)});
    if (kept_.size() > most_) kept_.pop_back();
  }

  std::vector<RankedTrainingPlan> plans() && {
    std::vector<RankedTrainingPlan> made;
    made.reserve(kept_.size());
    for (Kept& one : kept_) made.push_back(std::move(one.plan));
    return made;
  }

private:
  struct Kept {
    std::pair<double, long> key;
    std::uint32_t shape;
    RankedTrainingPlan plan;
  };

  std::size_t most_;
  std::vector<Kept> kept_;
};

// What layers take, computed once for all plans that have it alike.
class LoadsOfLayers {
public:
  explicit LoadsOfLayers(const TrainingEstimator& estimator) : estimator_(estimator) {}

  const LayerLoad& of(const TrainingPlan& plan) {
    const std::array division = {plan.tensor,        plan.context,    plan.expert,
                                 plan.expert_tensor, plan.microbatch, plan.directions()};
    if (division != last_ || loads_ == nullptr) {
      loads_ = &all_[division];
      last_ = division;
    }
    std::optional<LayerLoad>& load = (*loads_)[saving(plan)];
    if (!load) load = estimator_.load(plan);
    return *load;
  }

private:
  static constexpr std::size_t kSavings = 16;
  using Division = std::array<int, 6>;
  using Loads = std::array<std::optional<LayerLoad>, kSavings>;

  // Of nothing 0, of what is selected 1, of all as many quarters of layers and 1 more.
  static std::size_t saving(const TrainingPlan& plan) {
    const std::size_t kind = plan.recompute == Recompute::Full
                                 ? 1 + static_cast<std::size_t>(4 * plan.recomputed_share)
                                 : static_cast<std::size_t>(plan.recompute);
    return 2 * kind + (plan.sequence_parallel ? 1 : 0);
  }

  const TrainingEstimator& estimator_;
  std::map<Division, Loads> all_;
  Division last_{};
  Loads* loads_ = nullptr;
};

class PlanSearch {
public:
  PlanSearch(const TrainingSystem& system, const TrainingTask& task, std::size_t most)
      : system_(system), task_(task), estimator_(system), loads_(estimator_), fastest_(most) {}

  TrainingSearch found() {
    shapes_ = plan_shapes(system_, task_);
    for (const AlikePlans& alike : by_bound()) {
      if (!fastest_.takes(alike.bound)) break;
      look_at(alike);
    }
    if (!shapes_.empty()) {
      const PlanShape& last = shapes_.back();
      found_.tried = last.first + plan_options(system_, task_, last.plan).count();
    }
    found_.plans = std::move(fastest_).plans();
    return std::move(found_);
  }

private:
  double bound(Seconds pipeline, const TrainingPlan& plan) const {
    const double slower = 1 + estimator_.straggling(plan.devices());
    return (pipeline.value * slower + system_.coefficients.host_s) * (1 - kRounding);
  }

  std::vector<AlikePlans> by_bound() {
    std::vector<AlikePlans> all;
    for (std::size_t i = 0; i < shapes_.size(); ++i) {
      const TrainingPlan& shape = shapes_[i].plan;
      const PlanOptions options = plan_options(system_, task_, shape);
      for (std::size_t j = 0; j < options.savings.size(); ++j) {
        const TrainingPlan plan =
            with_options(shape, options.shardings.front(), options.savings[j]);
        const Seconds least = least_pipeline_time(estimator_.pipeline(plan, loads_.of(plan)));
        all.push_back(
            {bound(least, plan), static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(j)});
      }
    }
    std::ranges::sort(all, [](const AlikePlans& a, const AlikePlans& b) {
      return std::tie(a.bound, a.shape, a.saving) < std::tie(b.bound, b.shape, b.saving);
    });
    return all;
  }

  void look_at(const AlikePlans& alike) {
    const PlanShape& shape = shapes_[alike.shape];
    const PlanOptions options = plan_options(system_, task_, shape.plan);
    const auto& saving = options.savings[alike.saving];
    const TrainingPlan first = with_options(shape.plan, options.shardings.front(), saving);
    const LayerLoad& load = loads_.of(first);
    // Groups that share what is sharded keep no less than all together do.
    std::array<std::optional<TrainingMemory>, 4> least;
    for (const auto& sharding : options.shardings) {
      auto& memory = least[static_cast<std::size_t>(sharding.zero)];
      if (!memory) {
        memory = training_memory(system_, with_options(shape.plan, {sharding.zero, 0}, saving));
      }
      if (memory->margin() < 0) ++found_.too_large;
    }
    if (std::ranges::none_of(least, [](const auto& one) { return one && one->margin() >= 0; })) {
      return;
    }
    const Seconds pipeline = pipeline_time(estimator_.pipeline(first, load));
    if (!fastest_.takes(bound(pipeline, first))) return;
    for (std::size_t i = 0; i < options.shardings.size(); ++i) {
      const auto& sharding = options.shardings[i];
      const TrainingMemory& known = *least[static_cast<std::size_t>(sharding.zero)];
      if (known.margin() < 0) continue;
      const long place = shape.first + static_cast<long>(i * options.savings.size() + alike.saving);
      keep_if_fast(place, alike.shape, with_options(shape.plan, sharding, saving), load, pipeline,
                   known);
    }
  }

  // `known` is the memory of the plan where all copies share what is sharded.
  void keep_if_fast(long place, std::uint32_t shape, const TrainingPlan& plan,
                    const LayerLoad& load, Seconds pipeline, const TrainingMemory& known) {
    const StepTime time = estimator_.step(plan, load, pipeline);
    ++found_.estimated;
    if (!fastest_.takes(time.total().value, place)) return;
    const TrainingMemory memory = plan.sharded == 0 ? known : training_memory(system_, plan);
    if (memory.margin() < 0) {
      ++found_.too_large;
      return;
    }
    fastest_.keep(place, shape, {plan, time, memory});
  }

  const TrainingSystem& system_;
  const TrainingTask& task_;
  TrainingEstimator estimator_;
  LoadsOfLayers loads_;
  FastestPlans fastest_;
  std::vector<PlanShape> shapes_;
  TrainingSearch found_;
};

}  // namespace

TrainingSearch search_training(const TrainingSystem& system, const TrainingTask& task,
                               std::size_t most) {
  return PlanSearch(system, task, most).found();
}

StepPart slower_part(const StepTime& plan, const StepTime& best) {
  std::size_t worst = 0;
  for (std::size_t i = 1; i < kStepParts; ++i) {
    if (plan.parts[i] - best.parts[i] > plan.parts[worst] - best.parts[worst]) worst = i;
  }
  return static_cast<StepPart>(worst);
}

}  // namespace chokepoint
