#include "models/policy/reaction.hpp"

#include <rapidcheck/catch.h>
#include <catch2/catch.hpp>

#include "tests/models/policy/shipments.hpp"

namespace chokepoint {
namespace {

constexpr RuleId kStop{0}, kReply{1}, kAnswer{2};

// Washington stops things in March; Beijing has a reply that its text dates in May, Washington one
// to that, in 2027.
Regime two_governments() {
  Regime regime;
  regime.rules = {rule_of(kUs, Verdict::PresumedDenial, 0.0),
                  rule_of(kCn, Verdict::Prohibited, 0.0), rule_of(kUs, Verdict::Prohibited, 0.0)};
  regime.rules[0].announced = day("2025-03-01");
  regime.rules[0].validity = {day("2025-03-11"), {}, {{day("2025-06-01"), day("2025-09-01")}}};
  regime.rules[1].announced = day("2025-05-01");
  regime.rules[1].validity = {day("2025-05-06"), day("2026-05-01"), {}};
  regime.rules[2].announced = regime.rules[2].validity.effective = day("2027-01-01");
  return regime;
}

Reaction reaction_of(Country government, PolicyChange change, int days) {
  Reaction reaction;
  reaction.government = government;
  reaction.to.government = government == kUs ? kCn : kUs;
  reaction.to.change = change;
  reaction.delay.value = days * 1_days;
  return reaction;
}

Reaction reply(PolicyChange change, int days) {
  Reaction reaction = reaction_of(kCn, change, days);
  reaction.begins_rules = {kReply};
  return reaction;
}

std::vector<Date> days_of(const std::vector<Answer>& answers) {
  std::vector<Date> days;
  for (const Answer& answer : answers) days.push_back(answer.day);
  return days;
}

TEST_CASE("reaction: without one, rules keep their dates, and successors take over",
          "[policy][reaction]") {
  Regime regime = two_governments(), plain = regime;
  regime.rules[2].supersedes = plain.rules[2].supersedes = {kStop};
  Reaction off = reply(PolicyChange::RuleBegins, 3);
  off.enabled = false;
  CHECK(resolve_reactions(regime, {off}).empty());
  resolve_succession(plain);
  for (std::size_t i = 0; i < plain.rules.size(); ++i) {
    const Rule &a = regime.rules[i], &b = plain.rules[i];
    CHECK(a.enabled == b.enabled);
    CHECK(a.announced == b.announced);
    CHECK(a.validity.effective == b.validity.effective);
    CHECK(a.validity.ended == b.validity.ended);
    CHECK(a.validity.suspensions.size() == b.validity.suspensions.size());
  }
}

TEST_CASE("reaction: a reply comes after its delay, and its days move with it",
          "[policy][reaction]") {
  const auto replied = [](PolicyChange change) {
    Regime regime = two_governments();
    const auto answers = resolve_reactions(regime, {reply(change, 3)});
    REQUIRE(answers.size() == 1);
    CHECK(answers[0].rule == kStop);
    CHECK(regime.rules[1].announced == answers[0].day);
    CHECK(regime.rules[1].validity.effective == answers[0].day + std::chrono::days(5));
    CHECK(regime.rules[1].validity.ended == answers[0].day + std::chrono::days(365));
    return answers[0].day;
  };
  CHECK(replied(PolicyChange::RuleAnnounced) == day("2025-03-04"));
  CHECK(replied(PolicyChange::RuleBegins) == day("2025-03-14"));
  CHECK(replied(PolicyChange::RuleEnds) == day("2025-06-04"));
}

TEST_CASE("reaction: what was not answered yet is off, whatever its own dates",
          "[policy][reaction]") {
  Regime regime = two_governments();
  regime.rules[0].enabled = regime.rules[2].enabled = false;
  CHECK(resolve_reactions(regime, {reply(PolicyChange::RuleBegins, 3)}).empty());
  CHECK_FALSE(regime.rules[1].enabled);
}

TEST_CASE("reaction: it answers a day, a thing, a category, a place and a verdict",
          "[policy][reaction]") {
  const auto comes = [](const auto& limit) {
    Regime regime = two_governments();
    regime.rules[0].destinations = {kCn};
    regime.rules[0].item = bounded(Attribute::MemoryBandwidth, Comparison::AtLeast, 1e12);
    Reaction reaction = reply(PolicyChange::RuleBegins, 0);
    limit(reaction.to);
    return days_of(resolve_reactions(regime, {reaction}));
  };
  const std::vector<Date> none, first = {day("2025-03-11")}, second = {day("2025-09-01")};
  const Item fast = h20_to_china().item;
  Item slow = fast;
  slow.attributes.set(Attribute::MemoryBandwidth, 1e11);
  CHECK(comes([](Occasion&) {}) == first);
  CHECK(comes([](Occasion& to) { to.since = day("2025-03-12"); }) == second);
  CHECK(comes([&](Occasion& to) { to.items = {slow, fast}; }) == first);
  CHECK(comes([](Occasion& to) { to.destinations = {kCn, kSg}; }) == first);
  CHECK(comes([](Occasion& to) { to.verdict_at_least = Verdict::PresumedDenial; }) == first);
  CHECK(comes([](Occasion& to) { to.rules = {kStop}; }) == first);
  const std::vector<Date> late = {day("2027-01-01")};  // Of Washington's other rule.
  CHECK(comes([&](Occasion& to) { to.items = {slow}; }) == late);
  CHECK(comes([](Occasion& to) { to.destinations = {kSg}; }) == late);
  CHECK(comes([](Occasion& to) { to.verdict_at_least = Verdict::Prohibited; }) == late);
  CHECK(comes([](Occasion& to) { to.rules = {kAnswer}; }) == late);
  CHECK(comes([](Occasion& to) { to.categories = 1U << 5U; }) == none);
  CHECK(comes([](Occasion& to) { to.whoever_buys = true; }) == first);
  CHECK(comes([](Occasion& to) { to.verdict_at_most = Verdict::Granted; }) == none);
}

TEST_CASE("reaction: a listing is no occasion for what answers rules on whoever buys",
          "[policy][reaction]") {
  Regime regime = two_governments();
  regime.rules[0].buyer.orgs = {kBuyer};
  Reaction reaction = reply(PolicyChange::RuleBegins, 0);
  CHECK(days_of(resolve_reactions(regime, {reaction})) == std::vector<Date>{day("2025-03-11")});
  regime = two_governments();
  regime.rules[0].buyer.orgs = {kBuyer};
  reaction.to.whoever_buys = true;
  CHECK(days_of(resolve_reactions(regime, {reaction})) == std::vector<Date>{day("2027-01-01")});
}

TEST_CASE("reaction: a license given is an occasion, and one may be withdrawn",
          "[policy][reaction]") {
  Regime regime = two_governments();
  regime.exceptions = {license_of(kStop, 1.0, 0.0), license_of(kReply, 1.0, 0.0)};
  regime.exceptions[0].validity.effective = day("2025-04-01");
  Reaction reaction = reaction_of(kCn, PolicyChange::ExceptionBegins, 10);
  reaction.to.verdict_at_most = Verdict::Granted;
  reaction.suspends_exceptions = {ExceptionId{1}};
  const auto answers = resolve_reactions(regime, {reaction});
  REQUIRE(answers.size() == 1);
  CHECK(answers[0].exception == ExceptionId{0});
  CHECK(regime.exceptions[1].validity.holds_on(day("2025-04-10")));
  CHECK_FALSE(regime.exceptions[1].validity.holds_on(day("2025-04-11")));
  CHECK(regime.rules[1].announced == day("2025-05-01"));  // Nobody begins it.
}

TEST_CASE("reaction: what one suspended another brings back", "[policy][reaction]") {
  Regime regime = two_governments();
  Reaction relief = reaction_of(kCn, PolicyChange::RuleEnds, 1);
  relief.suspends_rules = {kReply};
  Reaction again = reply(PolicyChange::RuleBegins, 2);
  again.to.since = day("2025-06-01");
  const auto answers =
      resolve_reactions(regime, {again, reply(PolicyChange::RuleBegins, 0), relief});
  CHECK(days_of(answers) ==
        std::vector<Date>{day("2025-03-11"), day("2025-06-02"), day("2025-09-03")});
  const auto holds = [&](const char* date) { return regime.rules[1].validity.holds_on(day(date)); };
  CHECK(holds("2025-06-01"));
  CHECK_FALSE(holds("2025-06-02"));
  CHECK_FALSE(holds("2025-09-02"));
  CHECK(holds("2025-09-03"));
}

TEST_CASE("reaction: who comes late finds a successor in his place", "[policy][reaction]") {
  Regime regime = two_governments();
  regime.rules[2].government = kCn;
  regime.rules[2].validity.effective = regime.rules[2].announced = day("2025-01-10");
  regime.rules[2].supersedes = {kReply};
  resolve_reactions(regime, {reply(PolicyChange::RuleBegins, 3)});
  CHECK(regime.rules[1].enabled);
  CHECK_FALSE(regime.rules[1].validity.holds_on(day("2025-06-01")));
}

TEST_CASE("law: two who answer each other come to an end, each once and on its day",
          "[policy][reaction]") {
  rc::prop("whatever the delays, in any order", [] {
    Regime regime = two_governments();
    const int there = *rc::gen::inRange(0, 400), back = *rc::gen::inRange(0, 400);
    Reaction first = reply(PolicyChange::RuleAnnounced, there);
    Reaction second = reaction_of(kUs, PolicyChange::RuleAnnounced, back);
    second.begins_rules = {kStop, kAnswer};
    const bool is_provoked = *rc::gen::arbitrary<bool>();
    if (is_provoked) second.begins_rules = {kAnswer};
    std::vector<Reaction> reactions = {first, second};
    if (*rc::gen::arbitrary<bool>()) std::swap(reactions[0], reactions[1]);
    const auto answers = resolve_reactions(regime, reactions);
    if (!is_provoked) {  // Both wait for each other.
      RC_ASSERT(answers.empty());
      return;
    }
    RC_ASSERT(answers.size() == 2U);
    const Date replied = day("2025-03-01") + std::chrono::days(there);
    RC_ASSERT(answers[0].day == replied);
    RC_ASSERT(answers[1].day == replied + std::chrono::days(back));
    RC_ASSERT(regime.rules[1].announced == answers[0].day);
    RC_ASSERT(regime.rules[2].announced == answers[1].day);
    RC_ASSERT(answers[1].rule == kReply);
  });
}

TEST_CASE("law: before the first answer the world is that without what they begin",
          "[policy][reaction]") {
  rc::prop("on every day before it", [] {
    Regime regime = two_governments(), without = two_governments();
    without.rules[1].enabled = false;
    const Reaction reaction = reply(PolicyChange::RuleBegins, *rc::gen::inRange(0, 300));
    const auto answers = resolve_reactions(regime, {reaction});
    RC_ASSERT(answers.size() == 1U);
    const Date date = answers[0].day - std::chrono::days(*rc::gen::inRange(1, 600));
    for (const Country government : {kUs, kCn}) {
      const Ruling a = regime.judge(government, h20_to_china(), date);
      const Ruling b = without.judge(government, h20_to_china(), date);
      RC_ASSERT(a.verdict == b.verdict);
      RC_ASSERT(a.rule == b.rule);
    }
  });
}

}  // namespace
}  // namespace chokepoint
