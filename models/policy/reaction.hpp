#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/policy/regime.hpp"

namespace chokepoint {

/// What may happen to a rule or an exception. It begins and ends also by a suspension.
enum class PolicyChange {
  RuleAnnounced,
  RuleBegins,
  RuleEnds,
  ExceptionAnnounced,
  ExceptionBegins,
  ExceptionEnds
};

/// True for what happens to rules.
inline bool is_of_rules(PolicyChange change) {
  return change <= PolicyChange::RuleEnds;
}

/// What a government answers: a change of another's rule, or exception, that meets all that is set.
struct Occasion {
  Country government;  ///< That acts.
  PolicyChange change = PolicyChange::RuleBegins;
  std::vector<RuleId> rules;            ///< Any of them; empty: any.
  std::vector<ExceptionId> exceptions;  ///< The same, of exceptions.
  unsigned categories = 0;              ///< It is about any of these, a bit for each; 0: anything.
  std::vector<Item> items;              ///< It covers any of these; empty: whatever it covers.
  CountrySet destinations;              ///< It holds for any of them; empty: wherever goods go.
  std::optional<Verdict> verdict_at_least, verdict_at_most;
  bool whoever_buys = false;  ///< It goes by no name, class or owner of buyers.
  std::optional<Date> since;  ///< Not what happened before; unset: anything.
};

/// What one government does, once, when another has acted.
struct Reaction {
  std::string name;
  std::string title;
  Country government;  ///< That answers.
  bool enabled = true;
  Occasion to;
  Sourced<Seconds> delay;            ///< From the occasion to the answer; rounded to whole days.
  std::vector<RuleId> begins_rules;  ///< Off until then, and announced on that day.
  std::vector<ExceptionId> begins_exceptions;
  std::vector<RuleId> suspends_rules;
  std::vector<ExceptionId> suspends_exceptions;
};

/// A reaction that came.
struct Answer {
  std::size_t reaction = 0;  ///< Its index.
  Date day;
  Date occasion;
  std::optional<RuleId> rule;            ///< Whose change it answers,
  std::optional<ExceptionId> exception;  ///< or this one's.
};

/// Works out who answers what on which day, and writes it into the dates of rules and exceptions;
/// ends what enabled rules supersede, as resolve_succession() does, which is all that happens
/// without reactions that are enabled. The answers that come, in order of their days.
///
/// A rule or exception that reactions begin is off until the first of them answers. On that day it
/// is announced, and what it says of effect, suspensions and end moves by as many days; where a
/// reaction had suspended it, it holds again. Each reaction answers once, so there are at most as
/// many answers as reactions, also where two governments answer each other in a circle. Of two that
/// are due on one day the first comes first. Pure but for `regime`.
std::vector<Answer> resolve_reactions(Regime& regime, const std::vector<Reaction>& reactions);

}  // namespace chokepoint
