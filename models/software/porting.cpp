#include "models/software/porting.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace chokepoint {
namespace {

constexpr double kWorkRounding = 1e-12;  // Work this close to the need is all of it.

double left_to_do(const PortingProject& project) {
  const double left = project.need - project.done;
  return left > kWorkRounding * project.need ? left : 0.0;
}

// Engineer-months per month: no faster than the floor on the whole port lets it be.
double rate(const PortingLaw& law, double need, double engineers) {
  assert(law.least_months.value > 0.0);
  return std::min(effective_engineers(law, engineers), need / law.least_months.value);
}

// Months for the rest of a project.
double months_left(const PortingProject& project, const PortingLaw& law, double engineers) {
  const double left = left_to_do(project);
  return left > 0.0 ? left / rate(law, project.need, engineers) : 0.0;
}

const StackBranch* branch_of(const std::vector<StackBranch>& side, StackId stack) {
  for (const StackBranch& branch : side) {
    if (branch.stack == stack) return &branch;
  }
  return nullptr;
}

// The greatest share that runs on any stack of `side` as it is on `from`.
double carried_over(const StackBranch& from, const std::vector<StackBranch>& side, double keep) {
  double best = 0.0;
  for (const StackBranch& to : side) best = std::max(best, 1.0 - divergence(from, to, keep));
  return best;
}

}  // namespace

double porting_need(const PortingLaw& law, const PortingTask& task,
                    const PortingExperience& experience) {
  assert(task.difficulty >= 0.0 && task.distance >= 0.0 && task.distance <= 1.0);
  assert(experience.earlier_ports >= 0.0 && experience.installed_units >= 0.0);
  assert(law.base_units.value > 0.0);
  const double ports = std::pow(1.0 + experience.earlier_ports, -law.port_learning.value);
  const double base =
      std::pow(1.0 + experience.installed_units / law.base_units.value, -law.base_learning.value);
  return task.difficulty * task.distance * ports * base;
}

double effective_engineers(const PortingLaw& law, double engineers) {
  assert(law.crowd.value > 0.0 && engineers >= 0.0);
  return engineers / (1.0 + engineers / law.crowd.value);
}

double porting_months(const PortingLaw& law, double need, double engineers) {
  if (need <= 0.0) return 0.0;
  if (engineers <= 0.0) return std::numeric_limits<double>::infinity();
  return need / rate(law, need, engineers);
}

PortState state_of(const PortingProject& project, const PortingLaw& law) {
  if (left_to_do(project) <= 0.0) return PortState::Tuned;
  const double generic = law.generic_share.value * project.need * (1.0 - kWorkRounding);
  return project.done >= generic ? PortState::Generic : PortState::Unsupported;
}

PortingProject worked_on(const PortingProject& project, const PortingLaw& law, double engineers) {
  PortingProject after = project;
  const double left = left_to_do(project);
  if (left <= 0.0 || engineers <= 0.0) return after;
  const double speed = rate(law, project.need, engineers);
  const double part = std::min(1.0, left / speed);
  after.done = part < 1.0 ? project.need : project.done + speed;
  after.spent += engineers * part * law.engineer_month.value;
  return after;
}

double expected_months_to_move(std::span<const Deployment> deployments,
                               std::span<const PortingProject> pairs, const PortingLaw& law,
                               double engineers) {
  assert(engineers > 0.0);
  double sum = 0.0, weight = 0.0;
  for (const Deployment& deployment : deployments) {
    double months = 0.0, others = 0.0;
    for (const PortingProject& pair : pairs) {
      if (pair.family != deployment.family || pair.stack == deployment.stack) continue;
      months += months_left(pair, law, engineers);
      others += 1.0;
    }
    weight += deployment.weight;
    if (others > 0.0) sum += deployment.weight * months / others;
  }
  return weight > 0.0 ? sum / weight : 0.0;
}

double divergence(const StackBranch& a, const StackBranch& b, double keep) {
  assert(keep >= 0.0 && keep <= 1.0);
  if (a.stack == b.stack) return 0.0;
  return 1.0 - std::min(a.breadth, b.breadth) * std::pow(keep, a.generations + b.generations);
}

double shared_artefacts(std::span<const Deployment> deployments, const StackSides& sides,
                        double keep) {
  double sum = 0.0, weight = 0.0;
  for (const Deployment& deployment : deployments) {
    const StackBranch* here = branch_of(sides.here, deployment.stack);
    const StackBranch* there = branch_of(sides.there, deployment.stack);
    if (here == nullptr && there == nullptr) continue;
    weight += deployment.weight;
    if (here != nullptr && there != nullptr) {
      sum += deployment.weight;
    } else if (here != nullptr) {
      sum += deployment.weight * carried_over(*here, sides.there, keep);
    } else {
      sum += deployment.weight * carried_over(*there, sides.here, keep);
    }
  }
  return weight > 0.0 ? sum / weight : 1.0;
}

}  // namespace chokepoint
