#include "models/policy/rule.hpp"

#include <algorithm>

namespace chokepoint {
namespace {

using Kind = Condition::Kind;

bool is_of_category(const Rule& rule, Category category) {
  return (rule.categories >> static_cast<unsigned>(category) & 1U) != 0;
}

// Whether `country` is one of `among`, where that is not empty, and none of `except`.
template <class Ask>
bool ask_place(Kind kind, const CountrySet& among, const CountrySet& except, Country country,
               const Ask& ask) {
  return (among.empty() && except.empty()) ||
         ask({kind, (among.empty() || among.has(country)) && !except.has(country)});
}

template <class Ask>
bool ask_party(Kind kind, const PartyTest& test, const Party* party, Date date, const Ask& ask) {
  return test.empty() || ask({kind, matches(test, party, date), party != nullptr});
}

template <class Ask>
bool ask_receiver(const Rule& rule, const Shipment& shipment, Date date, const Ask& ask) {
  const auto destination = [&](const auto& inner) {
    return ask_place(Kind::Destination, rule.destinations, rule.destinations_except, shipment.to,
                     inner);
  };
  const auto buyer = [&](const auto& inner) {
    return ask_party(Kind::Buyer, rule.buyer, &shipment.buyer, date, inner);
  };
  // Without a list there is nothing to extend: "any destination" would swallow the buyer test.
  const bool extends = rule.buyer_anywhere && !rule.destinations.empty() && !rule.buyer.empty();
  if (!extends) return destination(ask) && buyer(ask);
  return ask({Kind::AnyOf, destination(kDecide) || buyer(kDecide)}, [&](const auto& inner) {
    destination(inner);
    buyer(inner);
  });
}

template <class Ask>
bool ask_state(const Rule& rule, const Shipment& shipment, const Ask& ask) {
  switch (shipment.state) {
    case ShipmentState::Offered:
      return true;
    case ShipmentState::InFlight:
      return ask({Kind::InFlight, rule.reaches_in_flight.value_or(rule.government == shipment.to)});
    case ShipmentState::Installed:
      return ask({Kind::Installed, rule.reaches_installed});
  }
  return false;
}

template <class Ask>
bool ask_question(const Rule& rule, const Shipment& shipment, Date date, const Ask& ask) {
  const Country government = rule.government;
  const bool has_say = government == shipment.from || government == shipment.exported_from ||
                       government == shipment.to;
  return ask({Kind::Enabled, rule.enabled}) &&
         ask({Kind::Category, is_of_category(rule, shipment.item.category)}) &&
         ask({Kind::InForce, rule.validity.holds_on(date)}) &&
         ask({Kind::Jurisdiction, has_say || rule.reaches_abroad});
}

// Asks for every condition on which `rule` applies.
template <class Ask>
bool ask_each(const Rule& rule, const Shipment& shipment, Date date, const Ask& ask) {
  return ask_question(rule, shipment, date, ask) &&
         ask_place(Kind::Origin, rule.exported_from, rule.exported_from_except,
                   shipment.exported_from, ask) &&
         ask_state(rule, shipment, ask) && ask_receiver(rule, shipment, date, ask) &&
         ask({Kind::Item, matches(rule.item, shipment.item)});
}

template <class Ask>
bool ask_question(const Exception& exception, RuleId rule, Date date, const Ask& ask) {
  const auto& rules = exception.rules;
  return ask({Kind::Enabled, exception.enabled}) &&
         ask({Kind::Softens, std::ranges::find(rules, rule) != rules.end()}) &&
         ask({Kind::InForce, exception.validity.holds_on(date)});
}

template <class Ask>
bool ask_each(const Exception& exception, RuleId rule, const Shipment& shipment, Date date,
              const Ask& ask) {
  const Party* packager = shipment.packager ? &*shipment.packager : nullptr;
  const auto& in = shipment.packaged_in;
  return ask_question(exception, rule, date, ask) &&
         ask_place(Kind::Origin, exception.exported_from, {}, shipment.exported_from, ask) &&
         ask_place(Kind::Destination, exception.destinations, exception.destinations_except,
                   shipment.to, ask) &&
         ask_party(Kind::Buyer, exception.buyer, &shipment.buyer, date, ask) &&
         ask_party(Kind::Packager, exception.packager, packager, date, ask) &&
         (exception.packaged_in_except.empty() ||
          ask({Kind::PackagedIn, in && !exception.packaged_in_except.has(*in), in.has_value()})) &&
         ask({Kind::Item, matches(exception.item, shipment.item)});
}

}  // namespace

bool Validity::holds_on(Date date) const {
  if (date < effective || (ended && *ended <= date)) return false;
  return std::ranges::none_of(suspensions, [&](const Suspension& s) {
    return s.from <= date && (!s.until || date < *s.until);
  });
}

std::vector<Date> days_of_change(const Validity& validity) {
  std::vector<Date> days = {validity.effective};
  const auto add = [&](std::optional<Date> day) {
    if (day) days.push_back(*day);
  };
  add(validity.ended);
  for (const Suspension& suspension : validity.suspensions) {
    add(suspension.from);
    add(suspension.until);
  }
  std::ranges::sort(days);
  days.erase(std::unique(days.begin(), days.end()), days.end());
  return days;
}

bool is_about(const Rule& rule, const Item& item) {
  return rule.enabled && is_of_category(rule, item.category) && matches(rule.item, item);
}

bool is_in_question(const Rule& rule, const Shipment& shipment, Date date) {
  return ask_question(rule, shipment, date, kDecide);
}

bool applies(const Rule& rule, const Shipment& shipment, Date date) {
  return ask_each(rule, shipment, date, kDecide);
}

std::vector<Reason> reasons(const Rule& rule, const Shipment& shipment, Date date) {
  std::vector<Reason> out;
  ask_each(rule, shipment, date, Explain{out});
  return out;
}

bool is_in_question(const Exception& exception, RuleId rule, Date date) {
  return ask_question(exception, rule, date, kDecide);
}

bool applies(const Exception& exception, RuleId rule, const Shipment& shipment, Date date) {
  return ask_each(exception, rule, shipment, date, kDecide);
}

std::vector<Reason> reasons(const Exception& exception, RuleId rule, const Shipment& shipment,
                            Date date) {
  std::vector<Reason> out;
  ask_each(exception, rule, shipment, date, Explain{out});
  return out;
}

}  // namespace chokepoint
