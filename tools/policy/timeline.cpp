#include "tools/policy/tables.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <tuple>

#include "tools/policy/amounts.hpp"
#include "tools/policy/words.hpp"

namespace chokepoint {
namespace {

/// One thing that happens on a day.
struct Milestone {
  Date date;
  Country government;
  std::string what;  ///< "announced", "takes effect", "ends", "suspended", "resumes", "event",
                     ///< "answers ...".
  std::string name, title;
  bool off = false;  ///< Of a rule that is not switched on.
};

// Who enabled ended the rule by taking its place; empty where it ended of itself.
std::string successor(const Regime& regime, RuleId id) {
  for (const Rule& rule : regime.rules) {
    const auto& old = rule.supersedes;
    const bool replaces = rule.enabled && std::ranges::find(old, id) != old.end();
    if (replaces && regime.rules[id.value].validity.ended == rule.validity.effective) {
      return rule.name;
    }
  }
  return "";
}

template <class Measure>
void add(std::vector<Milestone>& out, const Measure& measure, Country government,
         const std::string& heir) {
  const auto tell = [&](Date date, const std::string& what) {
    out.push_back({date, government, what, measure.name, measure.title, !measure.enabled});
  };
  const Validity& validity = measure.validity;
  if (!measure.enabled) {
    tell(measure.announced, in_words(measure.standing));
    return;
  }
  if (measure.announced < validity.effective) tell(measure.announced, "announced");
  const bool holds_then = validity.holds_on(validity.effective);
  tell(validity.effective, holds_then ? "takes effect" : "would take effect, suspended");
  if (validity.ended) tell(*validity.ended, heir.empty() ? "ends" : "ends, replaced by " + heir);
  for (const Suspension& suspension : validity.suspensions) {
    tell(suspension.from, "suspended");
    if (suspension.until) tell(*suspension.until, "resumes");
  }
}

// What a reaction that came answers.
Milestone milestone_of(const Answer& answer, const World& world) {
  const Reaction& reaction = world.reactions[answer.reaction];
  return {answer.day,    reaction.government, "answers " + occasion_text(answer, world),
          reaction.name, reaction.title,      false};
}

bool is_wanted(const Milestone& moment, const TimelineChoice& choice) {
  return (!choice.from || *choice.from <= moment.date) &&
         (!choice.to || moment.date <= *choice.to) &&
         (!choice.government || *choice.government == moment.government);
}

}  // namespace

Table policy_timeline(const PolicyBook& book, const TimelineChoice& choice) {
  const Regime& regime = book.world.regime;
  std::vector<Milestone> all, wanted;
  for (std::uint32_t i = 0; i < regime.rules.size(); ++i) {
    add(all, regime.rules[i], regime.rules[i].government, successor(regime, RuleId{i}));
  }
  for (const Exception& exception : regime.exceptions) {
    add(all, exception, book.government_of(exception), "");
  }
  for (const PolicyEvent& event : book.world.policy_events) {
    all.push_back({event.date, event.government, "event", event.name, event.title, false});
  }
  for (const Answer& answer : book.world.answers) {
    all.push_back(milestone_of(answer, book.world));
  }
  std::ranges::copy_if(all, std::back_inserter(wanted),
                       [&](const Milestone& moment) { return is_wanted(moment, choice); });
  std::ranges::stable_sort(wanted, [](const Milestone& a, const Milestone& b) {
    return std::tie(a.date, a.government) < std::tie(b.date, b.government);
  });
  Table table("policy_timeline",
              {"date", Column("government", "of"), for_files("what"), for_people("what"), "name",
               "title", for_files(Column("off", Type::YesNo))});
  for (const Milestone& moment : wanted) {
    table.add_row({moment.date, moment.government.text(), moment.what,
                   moment.what + (moment.off ? " (off)" : ""), moment.name, moment.title,
                   moment.off});
  }
  return table;
}

}  // namespace chokepoint
