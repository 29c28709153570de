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

/// Whether a rule that is in force and has a say is about the way, stage and receiver of
/// `shipment`. All hold exactly where applies(rule, shipment, date), if the item and its category
/// match as well.
std::vector<Argument> way_argument(const RulePair& rule, const Shipment& shipment, Date date,
                                   const World& world);

/// Why an exception in force covers `shipment` or not, the item included, where a rule that it
/// softens applies.
std::vector<Argument> exception_argument(const ExceptionPair& exception, const Shipment& shipment,
                                         Date date, const World& world);

}  // namespace chokepoint
