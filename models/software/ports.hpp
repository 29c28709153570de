#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "models/software/porting.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// The model families of a market: how many are in use at a time, and each for how long. New ones
/// come at even intervals. Research has families of its own, which change more often.
struct FamilyTurnover {
  double families = 0.0;      ///< Deployed, >= 0.
  double life_months = 24.0;  ///< > 0.
  double research_families = 0.0;
  double research_life_months = 6.0;
  /// Families of a new architecture, such as the first with latent attention: of all; in [0, 1].
  double new_share = 0.0;
  /// Work to port one of them over that of a known architecture, >= 1. Their geometric mean is the
  /// need that is stated.
  double new_factor = 1.0;
  double team_engineers = 0.0;       ///< Who port one family to one stack, > 0.
  double kept_per_generation = 1.0;  ///< Of a port's work, what a new generation of chips leaves.
};

/// The events of a month for one stack.
struct StackMonth {
  double need = 0.0;       ///< Engineer-months to port a family to it today, >= 0.
  double engineers = 0.0;  ///< Whom its vendor has for ports, in all, >= 0.
  bool is_in_use = false;  ///< Some installed chip runs it.
  bool is_new_generation = false;
};

/// Of the families in use, the shares that run tuned on a stack, and at all without that.
struct Ported {
  double tuned = 1.0, generic = 0.0;
};

/// The ports of every family to every stack, month by month. A family is written for the stacks
/// whose need is 0 and runs tuned there at once. To other stacks its vendor's engineers bring it, a
/// team to a family: what they have begun first, then the newest, deployed ones before research;
/// who has few engineers has a queue. A new generation of a stack's chips sets its ports back.
class Ports {
public:
  Ports(std::size_t stacks, const FamilyTurnover& turnover, const PortingLaw& law);

  /// Requires: one entry per stack.
  void on_month(std::span<const StackMonth> stacks);

  /// Of deployed families, or of those of research; all tuned where there are none.
  Ported ported(std::size_t stack, bool is_research) const;

  /// Of all pairs of a deployed family and a stack in use, the share that runs tuned; 1 without
  /// any.
  double portability() const;
  /// What all ports have cost so far.
  Usd spent() const { return spent_; }

private:
  struct Family {
    double born = 0.0;                     // In months since the start.
    double difficulty = 1.0;               // Over the need that is stated.
    std::vector<PortingProject> projects;  // By stack.
  };
  // Deployed families or those of research.
  struct Cohort {
    double families = 0.0, life_months = 1.0;
    std::vector<Family> in_use;  // In the order of their birth.
    double released = 0.0;
  };

  void renew(Cohort& cohort) const;
  void work_on(std::size_t stack, const StackMonth& now);

  std::size_t stacks_;
  FamilyTurnover turnover_;
  PortingLaw law_;
  Cohort deployed_, research_;
  std::vector<bool> is_in_use_;  // By stack.
  double month_ = 0.0;
  Usd spent_;
};

}  // namespace chokepoint
