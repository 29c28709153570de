#pragma once

#include <map>
#include <string>
#include <vector>

#include "chokepoint/v1/scenario.pb.h"
#include "sim/study/causes/bindings.hpp"

namespace chokepoint {

/// One thing that held back and can be switched off, to see what it accounts for.
struct Switch {
  Binding::Kind kind = Binding::Kind::Rule;
  std::string name;             ///< As of a Binding.
  std::string government;       ///< Of a rule, ISO code.
  double held_back_usd = 0.0;   ///< In the run in which it held back the most.
  double differs_by_usd = 0.0;  ///< From the baseline, where that differs the most.
};

/// A switch for each binding of any run, the baseline's first: those that held back most unlike in
/// it and another come first, then those that held back the most, then by name.
std::vector<Switch> binding_switches(const std::vector<std::map<Binding, double>>& held_back_usd,
                                     const std::vector<v1::Scenario>& scenarios);

/// Switches it off in `scenarios[at]`:
///
///   rule      is not enabled, nor begun by a reaction; what it supersedes then goes on
///   quota     is gone, and what it belongs to admits as before
///   shortage  the stage, or all that flow into the component, has since ever and for good ten
///   times
///             the most that any of `scenarios` ever gives it; a bank ten times the stock
///
/// The same scenario where there is nothing to switch off.
v1::Scenario switched_off(const Switch& off, const std::vector<v1::Scenario>& scenarios,
                          std::size_t at);

}  // namespace chokepoint
