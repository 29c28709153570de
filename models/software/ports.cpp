#include "models/software/ports.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace chokepoint {

Ports::Ports(std::size_t stacks, const FamilyTurnover& turnover, const PortingLaw& law)
    : stacks_(stacks),
      turnover_(turnover),
      law_(law),
      deployed_{turnover.families, turnover.life_months, {}, 0.0},
      research_{turnover.research_families, turnover.research_life_months, {}, 0.0},
      is_in_use_(stacks, false) {
  assert(turnover.families >= 0.0 && turnover.life_months > 0.0);
  assert(turnover.research_families >= 0.0 && turnover.research_life_months > 0.0);
  assert(turnover.new_factor >= 1.0);
}

void Ports::on_month(std::span<const StackMonth> stacks) {
  assert(stacks.size() == stacks_);
  renew(deployed_);
  renew(research_);
  for (std::size_t s = 0; s < stacks_; ++s) {
    is_in_use_[s] = stacks[s].is_in_use;
    work_on(s, stacks[s]);
  }
  month_ += 1.0;
}

void Ports::work_on(std::size_t stack, const StackMonth& now) {
  std::vector<PortingProject*> begun, waiting;
  for (Cohort* cohort : {&deployed_, &research_}) {
    for (std::size_t i = cohort->in_use.size(); i > 0; --i) {  // The newest first.
      Family& family = cohort->in_use[i - 1];
      PortingProject& project = family.projects[stack];
      project.need = now.need * family.difficulty;
      if (now.is_new_generation) project.done *= turnover_.kept_per_generation;
      if (state_of(project, law_) == PortState::Tuned) continue;
      (project.done > 0.0 ? begun : waiting).push_back(&project);
    }
  }
  double engineers = now.engineers;
  begun.insert(begun.end(), waiting.begin(), waiting.end());
  for (PortingProject* project : begun) {
    const double team = std::min(engineers, turnover_.team_engineers);
    if (team <= 0.0) return;
    const Usd before = project->spent;
    *project = worked_on(*project, law_, team);
    engineers -= team;  // For the month.
    spent_ += project->spent - before;
  }
}

Ported Ports::ported(std::size_t stack, bool is_research) const {
  const Cohort& cohort = is_research ? research_ : deployed_;
  if (cohort.in_use.empty()) return {};
  Ported sum{0.0, 0.0};
  for (const Family& family : cohort.in_use) {
    const PortState state = state_of(family.projects[stack], law_);
    if (state == PortState::Tuned) sum.tuned += 1.0;
    if (state == PortState::Generic) sum.generic += 1.0;
  }
  const auto all = static_cast<double>(cohort.in_use.size());
  return {sum.tuned / all, sum.generic / all};
}

double Ports::portability() const {
  double pairs = 0.0, tuned = 0.0;
  for (std::size_t s = 0; s < stacks_; ++s) {
    if (!is_in_use_[s]) continue;
    pairs += 1.0;
    tuned += ported(s, false).tuned;
  }
  return pairs > 0.0 ? tuned / pairs : 1.0;
}

void Ports::renew(Cohort& cohort) const {
  // Those of the start were born evenly over one life before it.
  const double per_month = cohort.families / cohort.life_months;
  const double hard = std::sqrt(turnover_.new_factor);
  while (cohort.released + 1.0 <= cohort.families + per_month * month_) {
    const double before = cohort.released;
    cohort.released += 1.0;
    Family family;
    family.born = (cohort.released - cohort.families) / per_month;
    // Evenly spread: as many of the first n are new as their share of n, rounded down.
    const bool is_new = std::floor(cohort.released * turnover_.new_share) >
                        std::floor(before * turnover_.new_share);
    family.difficulty = is_new ? hard : 1.0 / hard;
    for (std::uint32_t s = 0; s < stacks_; ++s) {
      family.projects.push_back({TransformerId{}, StackId{s}, 0.0, 0.0, {}});
    }
    cohort.in_use.push_back(std::move(family));
  }
  std::erase_if(cohort.in_use,
                [&](const Family& family) { return month_ - family.born >= cohort.life_months; });
}

}  // namespace chokepoint
