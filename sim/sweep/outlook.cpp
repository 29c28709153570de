#include "sim/sweep/draw.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "models/calendar.hpp"
#include "models/random.hpp"

namespace chokepoint {

namespace {

pb::Rule* rule_named(pb::Scenario& scenario, const std::string& name) {
  auto& rules = *scenario.mutable_rules();
  const auto found = std::ranges::find(rules, name, &pb::Rule::name);
  return found == rules.end() ? nullptr : &*found;
}

/// How many a year, as seen on `day`.
double rate_of(pb::Scenario& scenario, const pb::PolicyOutlook& outlook, double prior_years,
               Date start, Date day) {
  double seen = 0.0;
  for (const auto& name : outlook.precedents()) {
    const pb::Rule* rule = rule_named(scenario, name);
    const auto announced = rule ? parse_date(rule->announced()) : std::nullopt;
    if (announced && *announced <= day) seen += 1.0;
  }
  const double years = static_cast<double>((day - start).count()) / kDaysPerYear;
  return (1.0 + seen) / (prior_years + std::max(0.0, years));
}

}  // namespace

void take_outlooks(pb::Scenario& scenario, std::uint64_t seed, int draw, const StandIns& drawn) {
  const std::string& known =
      scenario.policy_as_of().empty() ? scenario.as_of() : scenario.policy_as_of();
  const auto day = parse_date(known);
  const auto start = parse_moment(scenario.start()), end = parse_moment(scenario.end());
  if (!day || !start || !end) return;
  for (const auto& outlook : scenario.policy_outlooks()) {
    pb::Rule* rule = rule_named(scenario, outlook.rule());
    const double prior_years = value_of(outlook.prior_years(), drawn);
    if (rule == nullptr || prior_years <= 0.0) continue;
    RandomStream random(seed, "outlook/" + std::to_string(draw) + "/" + outlook.name());
    const Date since = std::chrono::floor<std::chrono::days>(*start);
    const double rate = rate_of(scenario, outlook, prior_years, since, *day);
    const double years = -std::log1p(-random.uniform()) / rate;
    const double days = std::ceil(years * kDaysPerYear);
    if (days >= Calendar{*day}.at(*end) / 1_days) continue;
    const Date from = *day + std::chrono::days{static_cast<int>(days)};
    const auto gap = static_cast<int>(std::lround(value_of(outlook.gap_months(), drawn)));
    rule->set_enabled(true);
    rule->set_conjectured(true);
    rule->set_announced(format_date(from));
    rule->set_effective(format_date(from));
    rule->set_ended(format_date(add_months(from, std::max(1, gap))));
  }
}

}  // namespace chokepoint
