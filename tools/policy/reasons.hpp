#pragma once

#include <optional>
#include <string>
#include <vector>

#include "chokepoint/v1/policy.pb.h"
#include "models/policy/predicate.hpp"
#include "models/policy/rule.hpp"
#include "models/world.hpp"
#include "tools/print/json_value.hpp"

// How a rule comes to apply or not, step by step; each part in the source of its name.

namespace chokepoint {

/// The attribute of `item` in the unit of its field; nothing where it is not known.
std::optional<double> in_unit(Attribute attribute, const Item& item);

/// ">=", "<=", ">", "<".
std::string sign_of(Comparison comparison);

/// `value` beside `threshold`: as few digits as keep their comparison true to the eye, at least
/// four, and one behind the point. 2.9091 beside 5.92 is "2.909", 3.19996 beside 3.2 "3.19996".
std::string digits_beside(double value, double threshold);

/// "1400 GB/s" of "1400".
std::string with_unit(const std::string& number, Attribute attribute);

/// "1400 GB/s": the shortest decimal, and the unit.
std::string threshold_text(const Bound& bound);

/// One step of an argument about whether a rule applies, with the steps that it rests on.
struct Argument {
  std::string condition;  ///< As a rule states it: "TPP >= 4800", "any of".
  std::string question;   ///< With what is asked about put in: "TPP 2368 >= 4800".
  bool holds = false;
  bool known = true;            ///< False: what it looks at is not known, so it does not hold.
  std::optional<Bound> bound;   ///< Of a comparison of numbers,
  std::optional<double> value;  ///< and the number, in base units.
  std::string clause;           ///< That this step is; may be empty.
  std::vector<Argument> below;
};

/// True where all hold.
bool all_hold(const std::vector<Argument>& arguments);

/// A line per step, "TPP 2368 >= 4800? no", two more spaces for each level. Every line ended.
std::string questions_text(const std::vector<Argument>& arguments, std::size_t indent);

/// The first question that is answered with no, on one line with those that it rests on; empty
/// where all hold.
std::string first_no(const std::vector<Argument>& arguments);

/// A line per condition, "TPP >= 4800", without answers.
std::string conditions_text(const std::vector<Argument>& arguments, std::size_t indent);

/// A list of objects: condition, holds, known; attribute, value, comparison and threshold of a
/// bound in the unit of the schema; clause; below.
JsonValue to_json(const std::vector<Argument>& arguments);

/// Why `predicate` matches `item` or not, condition by condition, in the order of the law. Names
/// come from `world`, which the predicate was read with.
std::vector<Argument> item_reasons(const Predicate& predicate, const Item& item,
                                   const World& world);

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
