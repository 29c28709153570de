#include "tools/size/fixed_fleet.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <utility>

namespace chokepoint {
namespace {

/// The question about one kind of a fleet.
SizeQuestion asked_about(const SizeQuestion& question, const CountedKind& kind) {
  SizeQuestion asked = question;
  if (!kind.node.empty()) asked.of.node = kind.node;
  asked.of.pue = kind.pue.value_or(question.of.pue);
  return asked;
}

HeldKind held_alone(const SizeQuestion& question, const CountedKind& counted,
                    const ServingCatalog& world) {
  HeldKind held;
  held.kind = counted;
  const SizeQuestion asked = asked_about(question, counted);
  auto understood = subject_of(asked, counted.device, world);
  held.subject = std::make_shared<const ServingSubject>(std::get<ServingSubject>(understood));
  const auto formats = formats_for(asked, counted.device, world);
  const SizingChoice choice = choice_of(*held.subject, formats);
  auto found = best_of_devices(choice, question.load.load, counted.count, question.target.bounds);
  if (auto* best = std::get_if<HeldFleet>(&found)) {
    held.cost = fleet_cost(held.subject->upkeep, static_cast<double>(best->devices()),
                           best->breaking.rate * question.load.output.value);
    held.found = *best;
  } else {
    held.found = std::get<NoFleet>(found);
  }
  return held;
}

/// What pools of the whole fleet need, with costs that outlive them.
struct Together {
  std::deque<StepCosts> costs;
  TrialFleet fleet;
  double rate = 0;  ///< Of all kinds alone.
};

Together all_of(const std::vector<HeldKind>& kinds) {
  Together made;
  for (const HeldKind& kind : kinds) {
    const HeldFleet* held = kind.fleet();
    if (held == nullptr) continue;
    const ServingSubject& subject = *kind.subject;
    made.costs.push_back(step_costs(subject.task, held->estimate.plan));
    const SizingChoice choice = choice_of(subject, {});
    const TrialFleet own =
        trial_fleet(choice, held->estimate, made.costs.back(), held->replicas, held->breaking.rate);
    TrialPool pool = own.pools.front();
    // Each gets as much as it holds: the weight of a request is the part of that that it takes.
    pool.weight = static_cast<double>(held->replicas) / held->breaking.rate;
    made.fleet.pools.push_back(pool);
    made.fleet.stay = std::max(made.fleet.stay, own.stay);
    made.rate += held->breaking.rate;
  }
  return made;
}

}  // namespace

std::optional<Misunderstanding> complaint_of(const SizeQuestion& question,
                                             const std::vector<CountedKind>& fleet,
                                             const ServingCatalog& world) {
  for (const CountedKind& kind : fleet) {
    const auto subject = subject_of(asked_about(question, kind), kind.device, world);
    if (const auto* wrong = std::get_if<Misunderstanding>(&subject)) return *wrong;
  }
  return std::nullopt;
}

HeldAnswer hold_fleet(const SizeQuestion& question, const std::vector<CountedKind>& fleet,
                      const ServingCatalog& world,
                      const std::function<void(const HeldKind&)>& done) {
  HeldAnswer answer;
  for (const CountedKind& kind : fleet) {
    answer.kinds.push_back(held_alone(question, kind, world));
    if (done) done(answer.kinds.back());
  }
  const SizingLoad& load = question.load.load;
  const auto& bounds = question.target.bounds;
  const auto holds = [](const HeldKind& kind) { return kind.fleet() != nullptr; };
  const auto holding = std::ranges::count_if(answer.kinds, holds);
  if (question.target.rate) answer.keeps_rate = false;
  if (holding == 0) return answer;
  const Together all = all_of(answer.kinds);
  answer.together = holding == 1 ? std::ranges::find_if(answer.kinds, holds)->fleet()->breaking
                                 : highest_rate(all.fleet, load, bounds, all.rate);
  if (!question.target.rate || !answer.together) return answer;
  // The highest rate is known within 2 %: what is above it may be kept all the same.
  const double rate = *question.target.rate;
  answer.keeps_rate = rate <= answer.together->rate ||
                      trial_at(all.fleet, load, rate, bounds, {.stops_early = true}).keeps();
  return answer;
}

}  // namespace chokepoint
