#pragma once

#include <vector>

#include "chokepoint/v1/policy.pb.h"
#include "models/policy/rule.hpp"
#include "models/world.hpp"
#include "tools/policy/argument.hpp"

namespace chokepoint {

/// A rule, or an exception, as it is written and as it is read.
template <class Message, class Model>
struct WrittenAndRead {
  const Message& written;
  const Model& read;
};
using RulePair = WrittenAndRead<v1::Rule, Rule>;
using ExceptionPair = WrittenAndRead<v1::Exception, Exception>;

/// Why a rule that is in question applies to a shipment or not: reasons() in words.
struct RuleReasons {
  bool applies = false;
  std::vector<Argument> route;  ///< ShipmentRoute, stage and receiver.
  std::vector<Argument> item;   ///< What it says of the thing.
};
RuleReasons rule_reasons(const RulePair& rule, const Shipment& shipment, Date date,
                         const World& world);

/// Why an exception in force softens `rule` for a shipment that the rule applies to, or not.
struct ExceptionArgument {
  bool applies = false;
  std::vector<Argument> scope;  ///< The way, the parties and the thing.
};
ExceptionArgument exception_argument(const ExceptionPair& exception, RuleId rule,
                                     const Shipment& shipment, Date date, const World& world);

}  // namespace chokepoint
