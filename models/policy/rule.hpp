#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/calendar.hpp"
#include "models/policy/predicate.hpp"
#include "models/sourced.hpp"

namespace chokepoint {

/// What one rule says of a shipment, from least to most severe.
enum class Verdict {
  Free,
  Notified,
  Discouraged,
  Informed,
  CaseByCase,
  PresumedDenial,
  Prohibited
};

/// Days on which something holds: from `effective` on, up to and without `ended`.
struct Validity {
  Date effective;
  std::optional<Date> ended;

  bool holds_on(Date date) const { return effective <= date && (!ended || date < *ended); }
};

/// One rule of one government.
struct Rule {
  std::string name;
  std::string title;
  Country government;
  Date announced;
  Validity validity;
  Predicate item;
  std::vector<Country> destinations;  ///< Empty: any.
  PartyTest buyer;
  bool buyer_anywhere = false;  ///< The buyer test extends the rule beyond its destinations.
  Verdict verdict = Verdict::Free;
  Sourced<double> admitted_share;  ///< Of the units asked for, in [0, 1].
  Seconds notice;                  ///< Delay of a notification; 0 for other verdicts.
};

/// True where `rule` holds on `date` and covers the item, the destination and the buyer. With
/// `buyer_anywhere`, and both destinations and a buyer test given, either of the two is enough.
bool applies(const Rule& rule, const Shipment& shipment, Date date);

/// Permission under one rule.
struct License {
  std::string name;
  RuleId rule;
  Validity validity;
  std::vector<DeviceId> devices;  ///< Empty: all that the rule covers.
  PartyTest buyer;
  Sourced<double> granted_share;  ///< Of the units asked for, in [0, 1].
  Sourced<double> revenue_share;  ///< Paid to the government, in [0, 1].
};

/// True where `license` is one under `rule`, holds on `date` and covers the device and the buyer.
bool applies(const License& license, RuleId rule, const Shipment& shipment, Date date);

}  // namespace chokepoint
