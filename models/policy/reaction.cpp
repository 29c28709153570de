#include "models/policy/reaction.hpp"

#include <algorithm>
#include <cmath>

namespace chokepoint {
namespace {

bool overlaps(const CountrySet& wanted, const CountrySet& among) {
  return wanted.empty() || among.empty() || among.has_any_of(wanted);
}

bool is_within(const Occasion& to, Verdict verdict) {
  return (!to.verdict_at_least || *to.verdict_at_least <= verdict) &&
         (!to.verdict_at_most || verdict <= *to.verdict_at_most);
}

// Whether a rule, or an exception, of these buyers counts.
bool takes_buyers(const Occasion& to, const PartyTest& buyer) {
  const bool goes_by_party =
      !buyer.orgs.empty() || !buyer.classes.empty() || buyer.owned_by_listed_at_least.has_value();
  return !to.whoever_buys || !goes_by_party;
}

template <class Id>
bool is_named(const std::vector<Id>& names, Id id) {
  return names.empty() || std::ranges::find(names, id) != names.end();
}

// Whether `rule`, or what `exception` takes out of it, is about what the occasion is about.
bool concerns(const Occasion& to, const Rule& rule, const Exception* exception) {
  const auto covers = [&](const Item& item) {
    const unsigned category = 1U << static_cast<unsigned>(item.category);
    return (category & rule.categories) != 0 && matches(rule.item, item) &&
           (exception == nullptr || matches(exception->item, item));
  };
  return (to.categories == 0 || (to.categories & rule.categories) != 0) &&
         overlaps(to.destinations, rule.destinations) &&
         (to.items.empty() || std::ranges::any_of(to.items, covers));
}

bool is_meant(const Occasion& to, const Regime& regime, RuleId id) {
  const Rule& rule = regime.rules[id.value];
  return rule.government == to.government && is_named(to.rules, id) &&
         takes_buyers(to, rule.buyer) && is_within(to, rule.verdict) && concerns(to, rule, nullptr);
}

bool is_meant(const Occasion& to, const Regime& regime, ExceptionId id) {
  const Exception& exception = regime.exceptions[id.value];
  return regime.rules[exception.rules.front().value].government == to.government &&
         is_named(to.exceptions, id) && takes_buyers(to, exception.buyer) &&
         is_within(to, exception.verdict) && overlaps(to.destinations, exception.destinations) &&
         std::ranges::any_of(exception.rules, [&](RuleId rule) {
           return concerns(to, regime.rules[rule.value], &exception);
         });
}

// The first day that counts on which `measure` is announced, begins or ends.
template <class Measure>
std::optional<Date> first_day(const Occasion& to, const Measure& measure) {
  if (!measure.enabled) return std::nullopt;
  const auto counts = [&](Date day) { return !to.since || *to.since <= day; };
  if (to.change == PolicyChange::RuleAnnounced || to.change == PolicyChange::ExceptionAnnounced) {
    return counts(measure.announced) ? std::optional(measure.announced) : std::nullopt;
  }
  const bool wanted =
      to.change == PolicyChange::RuleBegins || to.change == PolicyChange::ExceptionBegins;
  bool held = false;
  for (const Date day : days_of_change(measure.validity)) {
    const bool holds = measure.validity.holds_on(day);
    if (holds != held && holds == wanted && counts(day)) return day;
    held = holds;
  }
  return std::nullopt;
}

// Takes the earlier occasion; of two on one day that of the first.
template <class Id, class Measure>
void take_first(const Occasion& to, const Regime& regime, const std::vector<Measure>& measures,
                std::optional<Id> Answer::*whose, std::optional<Answer>& first) {
  for (std::uint32_t i = 0; i < measures.size(); ++i) {
    if (!is_meant(to, regime, Id{i})) continue;
    const auto day = first_day(to, measures[i]);
    if (!day || (first && first->occasion <= *day)) continue;
    first = Answer{};
    first->occasion = *day;
    (*first).*whose = Id{i};
  }
}

std::optional<Answer> answer_of(const Reaction& reaction, const Regime& regime) {
  std::optional<Answer> first;
  if (is_of_rules(reaction.to.change)) {
    take_first(reaction.to, regime, regime.rules, &Answer::rule, first);
  } else {
    take_first(reaction.to, regime, regime.exceptions, &Answer::exception, first);
  }
  if (first) {
    const auto days = std::llround(reaction.delay.value / 1_days);
    first->day = first->occasion + std::chrono::days(days);
  }
  return first;
}

// Days move with that of the announcement, as far as `written` says; what a reaction suspended
// holds again.
template <class Measure>
void come(Measure& measure, const Measure& written, Date day) {
  Validity& validity = measure.validity;
  if (measure.enabled) {
    for (Suspension& suspension : validity.suspensions) {
      if (suspension.from <= day && !suspension.until) suspension.until = day;
    }
    return;
  }
  const auto later = day - written.announced;
  measure.enabled = true;
  measure.announced = day;
  validity = written.validity;
  validity.effective += later;
  if (validity.ended) *validity.ended += later;
  for (Suspension& suspension : validity.suspensions) {
    suspension.from += later;
    if (suspension.until) *suspension.until += later;
  }
}

void answer(const Reaction& reaction, Date day, const Regime& written, Regime& regime) {
  const auto& [rules, exceptions, quotas] = written;
  for (const auto [id] : reaction.begins_rules) come(regime.rules[id], rules[id], day);
  for (const auto [id] : reaction.begins_exceptions) {
    come(regime.exceptions[id], exceptions[id], day);
  }
  const Suspension from_now{day, {}};
  for (const auto [id] : reaction.suspends_rules) {
    regime.rules[id].validity.suspensions.push_back(from_now);
  }
  for (const auto [id] : reaction.suspends_exceptions) {
    regime.exceptions[id].validity.suspensions.push_back(from_now);
  }
  resolve_succession(regime);
}

void hold(const std::vector<Reaction>& reactions, Regime& regime) {
  for (const Reaction& reaction : reactions) {
    if (!reaction.enabled) continue;
    for (const auto [id] : reaction.begins_rules) regime.rules[id].enabled = false;
    for (const auto [id] : reaction.begins_exceptions) regime.exceptions[id].enabled = false;
  }
}

}  // namespace

std::vector<Answer> resolve_reactions(Regime& regime, const std::vector<Reaction>& reactions) {
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < reactions.size(); ++i) {
    if (reactions[i].enabled) open.push_back(i);
  }
  const Regime written = open.empty() ? Regime{} : regime;
  hold(reactions, regime);
  resolve_succession(regime);
  std::vector<Answer> answers;
  // What comes of an answer comes on its day or later, so that the earliest is certain.
  while (true) {
    std::optional<Answer> next;
    for (const std::size_t i : open) {
      auto possible = answer_of(reactions[i], regime);
      if (!possible || (next && next->day <= possible->day)) continue;
      possible->reaction = i;
      next = possible;
    }
    if (!next) return answers;
    answer(reactions[next->reaction], next->day, written, regime);
    answers.push_back(*next);
    std::erase(open, next->reaction);
  }
}

}  // namespace chokepoint
