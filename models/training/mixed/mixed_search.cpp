#include "models/training/mixed/mixed_search.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <optional>
#include <utility>

#include "models/training/mixed/balanced_layers.hpp"

namespace chokepoint {
namespace {

constexpr std::array kMixedMicrobatches = {1, 2, 4, 8};
constexpr int kMostRing = 16, kMostRanks = 64;
constexpr double kAnyOrder = 1e-9;  // Relative, that a sum in another order may be off by.

// How one kind may divide its stages, whatever their number.
struct PartChoice {
  TrainingPlan plan;
  LayerLoad load;
  int most = 0;                                          // Stages that its devices make.
  Seconds of_layer;                                      // Both directions, one microbatch.
  double rate() const { return most / of_layer.value; }  // Layers in a second, at most.
};

// All kinds under what they have in common, each with its choices, the fastest first.
struct CommonPlan {
  TrainingPlan plan;
  std::vector<std::vector<PartChoice>> choices;
};

// Kinds in one order of the pipeline, under one common plan.
struct KindsInTurn {
  double bound = 0;
  std::size_t common = 0;
  std::vector<std::size_t> kinds;
};

class MixSearch {
public:
  MixSearch(std::span<const FleetKind> kinds, const TrainingTask& task, std::size_t most)
      : kinds_(kinds),
        task_(task),
        most_(most),
        estimator_(kinds),
        layers_(static_cast<int>(trained_layers(kinds.front().system.model))) {}

  MixedSearch found() {
    lay_out_common();
    for (const KindsInTurn& turn : in_turn()) {
      std::vector<const PartChoice*> chosen;
      count_all(turn);
      if (turn.bound <= worst()) with_choices(turn, chosen);
    }
    return std::move(found_);
  }

private:
  double worst() const {
    return found_.mixes.size() < most_ ? std::numeric_limits<double>::infinity()
                                       : found_.mixes.back().time.total().value;
  }

  // --- what kinds have in common

  void lay_out_common() {
    TrainingPlan plan;
    plan.sequence = task_.sequence;
    plan.global_batch = task_.global_batch;
    plan.format = task_.format;
    int widest = 0;
    for (const FleetKind& kind : kinds_) widest = std::max(widest, kind.devices);
    for (int context = 1; context <= kMostRing; context *= 2) {
      plan.context = context;
      for (int data = 1; data <= std::min(task_.global_batch, widest / context); ++data) {
        if (task_.global_batch % data != 0) continue;
        plan.data = data;
        for (const int microbatch : kMixedMicrobatches) {
          if (task_.global_batch / data % microbatch != 0) continue;
          plan.microbatch = microbatch;
          add_common(plan);
        }
      }
    }
  }

  void add_common(const TrainingPlan& plan) {
    CommonPlan made{plan, {}};
    int with_choices = 0;
    for (const FleetKind& kind : kinds_) {
      made.choices.push_back(choices_of(kind, plan));
      if (!made.choices.back().empty()) ++with_choices;
    }
    if (with_choices >= 2) common_.push_back(std::move(made));
  }

  std::vector<PartChoice> choices_of(const FleetKind& kind, TrainingPlan plan) const {
    std::vector<PartChoice> choices;
    const Transformer& model = kind.system.model;
    const int widest = std::clamp(kind.system.links.domain, 1, kMostRanks);
    const int heads = static_cast<int>(model.heads);
    for (int tensor = 1; tensor <= std::min(widest, heads); ++tensor) {
      plan.tensor = tensor;
      if (heads % tensor != 0 || tensor * plan.copies() > kind.devices) continue;
      const int experts = std::max(1, static_cast<int>(model.experts));
      const bool divides = kind.system.traits.divides_experts;
      for (int spread = 1; spread <= experts; ++spread) {
        const int ranks = divides ? plan.copies() : tensor * plan.copies();
        if (experts % spread != 0 || ranks % spread != 0) continue;
        plan.expert = spread;
        plan.expert_tensor = spread > 1 && divides ? tensor : 1;
        add_choices(kind, plan, choices);
      }
    }
    std::ranges::stable_sort(
        choices, [](const PartChoice& a, const PartChoice& b) { return a.rate() > b.rate(); });
    return choices;
  }

  void add_choices(const FleetKind& kind, TrainingPlan plan, std::vector<PartChoice>& to) const {
    const std::size_t index = static_cast<std::size_t>(&kind - kinds_.data());
    const TrainingEstimator& estimator = estimator_.of(index);
    const int most = std::min(layers_ - 1, kind.devices / (plan.tensor * plan.copies()));
    for (const Recompute recompute : {Recompute::None, Recompute::Selective, Recompute::Full}) {
      plan.recompute = recompute;
      const LayerLoad load = estimator.load(plan);
      const Seconds of_layer = load.computing() + load.exchange().total();
      for (const int zero : plan.copies() > 1 ? std::vector{1, 3} : std::vector{0}) {
        plan.zero = zero;
        to.push_back({plan, load, most, of_layer});
      }
    }
  }

  // --- kinds in every order

  std::vector<KindsInTurn> in_turn() const {
    std::vector<KindsInTurn> all;
    for (std::size_t i = 0; i < common_.size(); ++i) add_turns(i, {}, all);
    std::ranges::stable_sort(
        all, [](const KindsInTurn& a, const KindsInTurn& b) { return a.bound < b.bound; });
    return all;
  }

  void add_turns(std::size_t common, const std::vector<std::size_t>& before,
                 std::vector<KindsInTurn>& to) const {
    const CommonPlan& of = common_[common];
    for (std::size_t kind = 0; kind < kinds_.size(); ++kind) {
      if (of.choices[kind].empty() || std::ranges::find(before, kind) != before.end()) continue;
      std::vector<std::size_t> now = before;
      now.push_back(kind);
      if (now.size() > 1) {
        double rate = 0;
        for (const std::size_t each : now) rate += of.choices[each].front().rate();
        to.push_back({bound(of.plan, rate), common, now});
      }
      add_turns(common, now, to);
    }
  }

  // No step is shorter whose stages do so many layers in a second.
  double bound(const TrainingPlan& plan, double rate) const {
    return plan.microbatches() * layers_ / rate * (1 - kAnyOrder);
  }

  // --- what each kind chooses

  void with_choices(const KindsInTurn& turn, std::vector<const PartChoice*>& chosen) {
    const CommonPlan& common = common_[turn.common];
    if (chosen.size() == turn.kinds.size()) {
      std::vector<int> stages;
      with_stages(turn, chosen, stages);
      return;
    }
    double others = 0;
    for (std::size_t i = 0; i < turn.kinds.size(); ++i) {
      if (i < chosen.size()) others += chosen[i]->rate();
      if (i > chosen.size()) others += common.choices[turn.kinds[i]].front().rate();
    }
    for (const PartChoice& choice : common.choices[turn.kinds[chosen.size()]]) {
      // Those that follow are slower still.
      if (bound(common.plan, others + choice.rate()) > worst()) break;
      chosen.push_back(&choice);
      with_choices(turn, chosen);
      chosen.pop_back();
    }
  }

  void with_stages(const KindsInTurn& turn, const std::vector<const PartChoice*>& chosen,
                   std::vector<int>& stages) {
    if (stages.size() == chosen.size()) return consider(turn, chosen, stages);
    double rate = 0;
    int used = 0;
    for (std::size_t i = 0; i < chosen.size(); ++i) {
      const int most = i < stages.size() ? stages[i] : chosen[i]->most;
      if (i < stages.size()) used += stages[i];
      if (i != stages.size()) rate += most / chosen[i]->of_layer.value;
    }
    const auto later = static_cast<int>(chosen.size() - stages.size()) - 1;
    const PartChoice& here = *chosen[stages.size()];
    for (int count = std::min(here.most, layers_ - used - later); count >= 1; --count) {
      // Fewer stages are slower still.
      const double with = rate + count / here.of_layer.value;
      if (bound(common_[turn.common].plan, with) > worst()) break;
      stages.push_back(count);
      with_stages(turn, chosen, stages);
      stages.pop_back();
    }
  }

  // Numbers of stages of all kinds that layers suffice for, `used` of which are given.
  long count_stages(const std::vector<const PartChoice*>& chosen, std::size_t from,
                    int used) const {
    const auto later = static_cast<int>(chosen.size() - from) - 1;
    const int most = std::min(chosen[from]->most, layers_ - used - later);
    if (later == 0) return std::max(most, 0);
    long count = 0;
    for (int i = 1; i <= most; ++i) count += count_stages(chosen, from + 1, used + i);
    return count;
  }

  // How many stages a kind may have follows from its ranks alone: count what differs otherwise.
  void count_all(const KindsInTurn& turn) {
    const CommonPlan& common = common_[turn.common];
    std::vector<std::vector<std::pair<const PartChoice*, long>>> by_most;
    for (const std::size_t kind : turn.kinds) {
      auto& groups = by_most.emplace_back();
      for (const PartChoice& choice : common.choices[kind]) {
        const auto at = std::ranges::find_if(
            groups, [&](const auto& one) { return one.first->most == choice.most; });
        if (at == groups.end()) {
          groups.emplace_back(&choice, 1);
        } else {
          ++at->second;
        }
      }
    }
    std::vector<const PartChoice*> chosen;
    const auto descend = [&](const auto& self, long times) -> void {
      if (chosen.size() == by_most.size()) {
        found_.tried += times * count_stages(chosen, 0, 0);
        return;
      }
      for (const auto& [choice, count] : by_most[chosen.size()]) {
        chosen.push_back(choice);
        self(self, times * count);
        chosen.pop_back();
      }
    };
    descend(descend, 1);
  }

  // --- one mix

  void consider(const KindsInTurn& turn, const std::vector<const PartChoice*>& chosen,
                const std::vector<int>& stages) {
    const int all = std::accumulate(stages.begin(), stages.end(), 0);
    MixedPlan plan;
    std::vector<LayerLoad> loads;
    for (std::size_t i = 0; i < chosen.size(); ++i) {
      MixedPart part{turn.kinds[i], chosen[i]->plan,
                     std::vector<int>(static_cast<std::size_t>(stages[i]), 1)};
      part.plan.pipeline = all;
      plan.parts.push_back(std::move(part));
      loads.push_back(chosen[i]->load);
    }
    std::vector<StageRoom> rooms = rooms_of(plan, loads);
    if (!give_layers(rooms, plan) || !may_be_kept(plan, loads)) return;
    ++found_.estimated;
    if (!fits(plan)) {
      limit_by_memory(plan, rooms);
      if (!give_layers(rooms, plan)) {
        ++found_.too_large;
        return;
      }
      if (!may_be_kept(plan, loads)) return;
    }
    keep(std::move(plan), loads);
  }

  bool may_be_kept(const MixedPlan& plan, std::span<const LayerLoad> loads) const {
    return estimator_.least_time(plan, loads).total().value * (1 - kAnyOrder) <= worst();
  }

  std::vector<StageRoom> rooms_of(const MixedPlan& plan, std::span<const LayerLoad> loads) const {
    // What stages take with one layer, less that layer.
    const MixedTime with_one = estimator_.least_time(plan, loads);
    std::vector<StageRoom> rooms;
    for (std::size_t i = 0; i < plan.parts.size(); ++i) {
      const Seconds of_layer = loads[i].computing() + loads[i].exchange().total();
      for (int s = 0; s < plan.parts[i].stages(); ++s) {
        const Seconds whole = with_one.stages[rooms.size()].total();
        rooms.push_back({of_layer, std::max(whole - of_layer, Seconds{}), layers_});
      }
    }
    return rooms;
  }

  bool give_layers(const std::vector<StageRoom>& rooms, MixedPlan& plan) const {
    const std::vector<int> given = balanced_layers(rooms, layers_);
    if (given.empty()) return false;
    auto next = given.begin();
    for (MixedPart& part : plan.parts) {
      for (int& layers : part.layers) layers = *next++;
    }
    return true;
  }

  bool stage_fits(const MixedPart& part, int stage, int layers) const {
    return stage_memory(kinds_[part.kind].system, part.plan, stage, layers).margin() >= 0;
  }

  bool fits(const MixedPlan& plan) const {
    int stage = 0;
    return std::ranges::all_of(plan.parts, [&](const MixedPart& part) {
      return std::ranges::all_of(part.layers,
                                 [&](int layers) { return stage_fits(part, stage++, layers); });
    });
  }

  // The layers that each stage holds at most.
  void limit_by_memory(const MixedPlan& plan, std::vector<StageRoom>& rooms) const {
    int stage = 0;
    for (const MixedPart& part : plan.parts) {
      for (int s = 0; s < part.stages(); ++s, ++stage) {
        int fit = 0, too_many = layers_ + 1;
        while (too_many - fit > 1) {
          const int tried = (fit + too_many) / 2;
          (stage_fits(part, stage, tried) ? fit : too_many) = tried;
        }
        rooms[static_cast<std::size_t>(stage)].most = fit;
      }
    }
  }

  void keep(MixedPlan plan, std::span<const LayerLoad> loads) {
    RankedMixedPlan made{std::move(plan), {}, {}};
    made.time = estimator_.time(made.plan, loads);
    if (made.time.total().value >= worst()) return;
    int first = 0;
    for (const MixedPart& part : made.plan.parts) {
      made.memory.push_back(part_memory(kinds_[part.kind].system, part, first));
      first += part.stages();
    }
    auto& mixes = found_.mixes;
    const auto like = std::ranges::find_if(mixes, [&](const RankedMixedPlan& other) {
      return are_divided_alike(other.plan, made.plan);
    });
    if (like != mixes.end()) {
      if (like->time.total() <= made.time.total()) return;
      mixes.erase(like);
    }
    const auto at = std::ranges::upper_bound(
        mixes, made.time.total(), {}, [](const RankedMixedPlan& one) { return one.time.total(); });
    mixes.insert(at, std::move(made));
    if (mixes.size() > most_) mixes.pop_back();
  }

  std::span<const FleetKind> kinds_;
  const TrainingTask& task_;
  std::size_t most_;
  MixedEstimator estimator_;
  int layers_;
  std::vector<CommonPlan> common_;
  MixedSearch found_;
};

}  // namespace

std::optional<std::size_t> MixedSearch::best_alone() const {
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < alone.size(); ++i) {
    if (alone[i].plans.empty()) continue;
    const Seconds time = alone[i].plans.front().time.total();
    if (!best || time < alone[*best].plans.front().time.total()) best = i;
  }
  return best;
}

bool MixedSearch::is_mix_fastest() const {
  if (mixes.empty()) return false;
  const auto best = best_alone();
  return !best || mixes.front().time.total() < alone[*best].plans.front().time.total();
}

MixedSearch search_mixed(std::span<const FleetKind> kinds, const TrainingTask& task,
                         std::size_t most) {
  MixedSearch found =
      kinds.size() > 1 && most > 0 ? MixSearch(kinds, task, most).found() : MixedSearch{};
  for (const FleetKind& kind : kinds) {
    TrainingTask alone = task;
    alone.devices = kind.devices;
    found.alone.push_back(search_training(kind.system, alone, 1));
  }
  return found;
}

}  // namespace chokepoint
