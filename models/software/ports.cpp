#include "models/software/ports.hpp"

#include <cassert>

namespace chokepoint {

Ports::Ports(std::size_t stacks, const FamilyTurnover& turnover, const PortingLaw& law)
    : stacks_(stacks), turnover_(turnover), law_(law), in_use_(stacks, false) {
  assert(turnover.families >= 0.0 && turnover.life_months > 0.0);
}

void Ports::on_month(std::span<const StackMonth> stacks) {
  assert(stacks.size() == stacks_);
  renew_families();
  for (std::size_t s = 0; s < stacks_; ++s) in_use_[s] = stacks[s].is_in_use;
  for (Family& family : families_) {
    for (std::size_t s = 0; s < stacks_; ++s) {
      PortingProject& project = family.projects[s];
      const Usd before = project.spent;
      project.need = stacks[s].need;
      if (stacks[s].is_new_generation) project.done *= turnover_.kept_per_generation;
      if (!stacks[s].is_in_use) continue;
      project = worked_on(project, law_, turnover_.team_engineers);
      spent_ += project.spent - before;
    }
  }
  month_ += 1.0;
}

double Ports::portability() const {
  std::vector<PortingProject> pairs;
  pairs.reserve(families_.size() * stacks_);
  for (const Family& family : families_) {
    for (std::size_t s = 0; s < stacks_; ++s) {
      if (in_use_[s]) pairs.push_back(family.projects[s]);
    }
  }
  return chokepoint::portability(pairs, law_);
}

void Ports::renew_families() {
  // Those of the start were born evenly over one life before it.
  const double per_month = turnover_.families / turnover_.life_months;
  while (released_ + 1.0 <= turnover_.families + per_month * month_) {
    released_ += 1.0;
    Family family;
    family.born = (released_ - turnover_.families) / per_month;
    family.projects.reserve(stacks_);
    for (std::uint32_t s = 0; s < stacks_; ++s) {
      family.projects.push_back({TransformerId{}, StackId{s}, 0.0, 0.0, {}});
    }
    families_.push_back(std::move(family));
  }
  std::erase_if(families_, [&](const Family& family) {
    return month_ - family.born >= turnover_.life_months;
  });
}

}  // namespace chokepoint
