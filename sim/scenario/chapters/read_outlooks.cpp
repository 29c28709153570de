#include "sim/scenario/chapters/chapters.hpp"

#include "sim/scenario/reading/read_sourced.hpp"
#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {

namespace {

constexpr Unit kPriorYears = at_least(0.01, 1.0, 1e3, "a year");
constexpr Unit kGapMonths = at_least(0.01, 1.0, 600.0, "a month; 50 years are the most");

void check_outlook(Reading& reading, const Cursor& at) {
  const auto& in = as<pb::PolicyOutlook>(at);
  const auto rule = reading.rules.resolve(at, "rule", in.rule());
  if (rule && reading.world.regime.rules[rule->value].enabled &&
      !reading.scenario.rules(static_cast<int>(rule->value)).conjectured()) {
    at.error("rule", concat("rule ", in_quotes(in.rule()), " is in force already"),
             "an outlook is of a rule that may come: write enabled: false there");
  }
  resolve_all(reading.rules, at, "precedents", in.precedents());
  if (in.precedents_size() == 0) {
    at.error("precedents", concat("outlook ", in_quotes(in.name()), " has no precedent"),
             "name the rules that came as such a surprise");
  }
  read_required<double>(reading, at, "prior_years", kPriorYears);
  read_required<double>(reading, at, "gap_months", kGapMonths);
}

}  // namespace

void check_outlooks(Reading& reading) {
  read_named(reading.root, "policy_outlooks", "policy outlook",
             [&](const Cursor& at) { check_outlook(reading, at); });
}

}  // namespace chokepoint
