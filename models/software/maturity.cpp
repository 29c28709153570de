#include "models/software/maturity.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

namespace chokepoint {
namespace {

// What runs at all: decay and new generations take no more.
constexpr double kLeastSpeed = 1e-6;

// Solution after one month of db/dt = E (p + q b) (1 - b): (1 - b) / (p + q b) falls by exp(-E
// (p + q)).
double grown_breadth(double breadth, double written, double compounding, double pace) {
  const double left = (1.0 - breadth) / (written + compounding * breadth) *
                      std::exp(-pace * (written + compounding));
  return std::clamp((1.0 - written * left) / (1.0 + compounding * left), breadth, 1.0);
}

double grown_speed(double speed, double half_months, double pace) {
  const double gap = 1.0 - speed;
  return 1.0 - gap / (1.0 + pace * gap / half_months);
}

// What is left after a month of too little upkeep.
double kept(const MaturityLaw& law, const Effort& effort) {
  assert(law.upkeep_engineers.value > 0.0);
  const double undone = std::max(0.0, 1.0 - effort.engineers / law.upkeep_engineers.value);
  return 1.0 - law.decay_per_month.value * undone;
}

}  // namespace

Maturity first_maturity(const MaturityLaw& law) {
  return {law.breadth_start.value, law.speed_start.value};
}

double pace(const MaturityLaw& law, const Effort& effort) {
  assert(law.reference_engineers.value > 0.0 && law.base_units.value > 0.0);
  assert(effort.engineers >= 0.0 && effort.installed_units >= 0.0);
  const double beyond = effort.engineers - law.upkeep_engineers.value;
  if (beyond <= 0.0) return 0.0;
  const double work =
      std::pow(beyond / law.reference_engineers.value, law.engineer_elasticity.value);
  return work * (1.0 + law.base_learning.value *
                           std::log1p(effort.installed_units / law.base_units.value));
}

Maturity next_month(const Maturity& maturity, const MaturityLaw& law, const Effort& effort) {
  assert(law.breadth_written.value > 0.0 && law.breadth_doubling_months.value > 0.0);
  assert(law.speed_half_months.value > 0.0);
  assert(maturity.breadth >= 0.0 && maturity.breadth <= 1.0);
  assert(maturity.speed > 0.0 && maturity.speed <= 1.0);
  const double left = kept(law, effort);
  const double now = pace(law, effort);
  const double compounding = std::numbers::ln2 / law.breadth_doubling_months.value;
  return {
      grown_breadth(left * maturity.breadth, law.breadth_written.value, compounding, now),
      std::max(kLeastSpeed, grown_speed(left * maturity.speed, law.speed_half_months.value, now))};
}

Maturity on_new_generation(const Maturity& maturity, const MaturityLaw& law) {
  return {maturity.breadth * (1.0 - law.reset_share_breadth.value),
          std::max(kLeastSpeed, maturity.speed * (1.0 - law.reset_share_speed.value))};
}

double covered_share(const Maturity& maturity, WorkKind work, double model_newness,
                     const FallbackCosts& costs) {
  assert(model_newness >= 0.0 && model_newness <= 1.0);
  const double exponent = costs.exponent[static_cast<std::size_t>(work)].value;
  assert(exponent > 0.0 &&
         exponent <= costs.exponent[static_cast<std::size_t>(WorkKind::Training)].value);
  return std::pow(maturity.breadth, exponent * (1.0 + costs.newness.value * model_newness));
}

double useful_factor(const Maturity& maturity, WorkKind work, double model_newness, DeviceKind kind,
                     const FallbackCosts& costs) {
  const double fallback = costs.slowdown[static_cast<std::size_t>(kind)].value;
  assert(fallback >= 1.0 && maturity.speed > 0.0);
  const double covered = covered_share(maturity, work, model_newness, costs);
  const double native = std::min(1.0 / maturity.speed, fallback);
  return 1.0 / (covered * native + (1.0 - covered) * fallback);
}

}  // namespace chokepoint
