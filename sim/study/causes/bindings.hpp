#pragma once

#include <compare>
#include <map>
#include <string>

#include "models/world.hpp"
#include "sim/study/causes/hold.hpp"
#include "sim/trace/sink.hpp"

namespace chokepoint {

/// Something that can hold devices back.
struct Binding {
  enum class Kind { Rule, Quota, Shortage };
  Kind kind = Kind::Rule;
  std::string
      name;  ///< Of the rule, the quota, or the stage of supply; of a component if several make it.
  auto operator<=>(const Binding&) const = default;
};

/// Finds out, as a run goes, what held anything back in it, and how much money by that:
///
///   rule      the value of what it refused, wrote off and charged; of a rule on memory, tools or
///             foundries, that of devices that were short of what it held back; of a rule on access
///             from afar, the budgets of who may not rent
///   quota     the list price of what it did not cover
///   shortage  the list price of what was wanted and not made
///
/// A list of what to look into, in about the right order: money may count under several.
class Bindings : public TraceSink {
public:
  explicit Bindings(const World& world) : world_(world), holds_(world) {}

  void record(const TraceEvent& event) override;

  /// US dollars over the whole run; 0 where something was only delayed, or drawn from.
  std::map<Binding, double> held_back_usd() const;

private:
  std::map<Binding, double> closed_to_renters_usd() const;

  const World& world_;
  HoldReader holds_;
  std::map<Binding, double> usd_;
};

}  // namespace chokepoint
