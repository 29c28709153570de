#pragma once

#include <span>
#include <vector>

#include "models/software/porting.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// The model families of a market: how many are in use at a time, and each for how long. New ones
/// come at even intervals.
struct FamilyTurnover {
  double families = 0.0;             ///< >= 0.
  double life_months = 24.0;         ///< > 0.
  double team_engineers = 0.0;       ///< Who port one family to one stack, > 0.
  double kept_per_generation = 1.0;  ///< Of a port's work, what a new generation of chips leaves.
};

/// The events of a month for one stack.
struct StackMonth {
  double need = 0.0;  ///< Engineer-months to port a family to it today, >= 0; 0: written for it.
  bool is_in_use = false;  ///< Nobody ports to a stack that no installed chip runs.
  bool is_new_generation = false;
};

/// The ports of every family to every stack, month by month. A family is written for the stacks
/// whose need is 0 and runs tuned there at once. For other stacks a team works on it from the month
/// in which family and stack both exist. A new generation of a stack's chips sets its ports back.
class Ports {
public:
  Ports(std::size_t stacks, const FamilyTurnover& turnover, const PortingLaw& law);

  /// Requires: one entry per stack.
  void on_month(std::span<const StackMonth> stacks);

  /// Of all pairs of a family in use and a stack in use, the share that runs tuned; 1 without any.
  double portability() const;
  /// What all ports have cost so far.
  Usd spent() const { return spent_; }

private:
  struct Family {
    double born = 0.0;                     // In months since the start.
    std::vector<PortingProject> projects;  // By stack.
  };

  void renew_families();

  std::size_t stacks_;
  FamilyTurnover turnover_;
  PortingLaw law_;
  std::vector<Family> families_;  // In the order of their birth.
  std::vector<bool> in_use_;      // By stack.
  double month_ = 0.0;
  double released_ = 0.0;
  Usd spent_;
};

}  // namespace chokepoint
