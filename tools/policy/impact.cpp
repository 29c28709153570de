#include "tools/policy/impact.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

#include "tools/policy/amounts.hpp"

namespace chokepoint {
namespace {

template <class Messages>
bool switch_entry(Messages& messages, const std::string& name, bool on) {
  for (auto& message : messages) {
    if (message.name() != name) continue;
    message.set_enabled(on);
    return true;
  }
  return false;
}

PolicyBook switched(const PolicyBook& book, const std::string& name, bool on) {
  Composed composed = book.composed;
  pb::Scenario& scenario = composed.scenario;
  const bool known = switch_entry(*scenario.mutable_rules(), name, on) ||
                     switch_entry(*scenario.mutable_exceptions(), name, on);
  assert(known);
  Diagnostics found;
  auto result = policy_book(std::move(composed), found);
  assert(result);  // It could be read with the switch as it was.
  return std::move(*result);
}

// Elements of `after` that `before` lacks or has otherwise.
template <class Messages>
void add_different(const Messages& before, const Messages& after, std::vector<std::string>& names) {
  for (const auto& message : after) {
    const bool is_same = std::ranges::any_of(before, [&](const auto& old) {
      return old.name() == message.name() && old.SerializeAsString() == message.SerializeAsString();
    });
    if (!is_same) names.push_back(message.name());
  }
}

template <class Messages>
void switch_on(Messages& messages, const std::vector<std::string>& names) {
  for (auto& message : messages) {
    const bool is_drafted = std::ranges::find(names, message.name()) != names.end();
    if (is_drafted && !message.has_enabled()) message.set_enabled(true);
  }
}

int severity(const ImpactRow& row) {
  const auto order = [](const Ruling& a, const Ruling& b) {
    if (a.verdict != b.verdict) return a.verdict < b.verdict ? 1 : -1;
    if (a.admitted_share == b.admitted_share) return 0;
    return a.admitted_share > b.admitted_share ? 1 : -1;
  };
  return order(row.before, row.after);
}

// The strictest ruling of `governments`.
Ruling ruling_of(const std::vector<Country>& governments, const Regime& regime,
                 const Shipment& shipment, Date date) {
  TwoGateRuling both;
  for (const Country government : governments) {
    both.importer = regime.judge(government, shipment, date);
    both.exporter = strictest(both);
  }
  return both.exporter;
}

template <class Measure>
void add_idle(const std::vector<Measure>& measures, const PolicyPair& pair, Date date,
              std::vector<std::string>& out) {
  for (const Measure& measure : measures) {
    const auto& names = pair.names;
    if (std::ranges::find(names, measure.name) == names.end()) continue;
    const State state = state_on(measure.enabled, measure.validity, date);
    if (state == State::InForce) continue;
    out.push_back(measure.name + ": " + in_words(state) + ", " + dates_text(measure));
  }
}

}  // namespace

PolicyPair with_and_without(const PolicyBook& book, const std::string& name) {
  return {switched(book, name, false), switched(book, name, true), name, {name}};
}

std::optional<PolicyPair> with_draft(const PolicyBook& book, const std::filesystem::path& policy,
                                     const std::filesystem::path& draft, Diagnostics& found) {
  auto composed = compose_over(policy, draft, found);
  if (!composed) return std::nullopt;
  std::vector<std::string> names;
  const pb::Scenario& before = book.composed.scenario;
  add_different(before.rules(), composed->scenario.rules(), names);
  add_different(before.exceptions(), composed->scenario.exceptions(), names);
  switch_on(*composed->scenario.mutable_rules(), names);
  switch_on(*composed->scenario.mutable_exceptions(), names);
  auto with = policy_book(std::move(*composed), found);
  if (!with) return std::nullopt;
  return PolicyPair{book, std::move(*with), draft.string(), std::move(names)};
}

std::vector<Country> PolicyPair::governments() const {
  std::vector<Country> result;
  for (const auto& name : names) {
    const auto rule = id_of<RuleId>(with.world.regime.rules, name);
    const auto exception = id_of<ExceptionId>(with.world.regime.exceptions, name);
    if (!rule && !exception) continue;
    const Country government = rule ? with.rule(*rule).read.government
                                    : with.government_of(with.exception(*exception).read);
    if (std::ranges::find(result, government) == result.end()) {
      result.push_back(government);
    }
  }
  return result;
}

bool ImpactRow::is_caught() const {
  return severity(*this) > 0;
}

bool ImpactRow::is_freed() const {
  return severity(*this) < 0;
}

bool ImpactRow::has_other_terms() const {
  return severity(*this) == 0 &&
         (before.wait != after.wait || before.refusal_probability != after.refusal_probability ||
          before.revenue_share != after.revenue_share || before.tariff_share != after.tariff_share);
}

PolicyImpact policy_impact(const PolicyPair& pair, const ShipmentRoute& route, Date date) {
  PolicyImpact impact{date, route, pair.what, pair.governments(), {}, {}};
  const auto before = subjects(pair.without.world);
  for (const Subject& subject : subjects(pair.with.world)) {
    const auto same = std::ranges::find(before, subject.name, &Subject::name);
    if (same == before.end()) continue;  // The draft brings it along.
    const auto shipment = shipment_of(subject, route, pair.with.world);
    const auto old_shipment = shipment_of(*same, route, pair.without.world);
    const Regime& with = pair.with.world.regime;
    const bool covered = std::ranges::any_of(pair.names, [&](const std::string& name) {
      const auto rule = id_of<RuleId>(with.rules, name);
      return rule && applies(with.rules[rule->value], shipment, date);
    });
    impact.rows.push_back(
        {subject, ruling_of(impact.governments, pair.without.world.regime, old_shipment, date),
         ruling_of(impact.governments, with, shipment, date),
         strictest(judge(with, shipment, date)).verdict,
         subject.released && date < *subject.released, covered});
  }
  add_idle(pair.with.world.regime.rules, pair, date, impact.not_in_force);
  add_idle(pair.with.world.regime.exceptions, pair, date, impact.not_in_force);
  return impact;
}

}  // namespace chokepoint
