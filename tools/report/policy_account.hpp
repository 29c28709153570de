#pragma once

#include <compare>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "chokepoint/v1/facts.pb.h"
#include "models/calendar.hpp"

namespace chokepoint {

namespace pb = chokepoint::v1;

/// Applications of one order under one rule in one month.
struct LicenseKey {
  std::string month;  ///< YYYY-MM, of filing or of the decision.
  std::string order, device, rule, exception;
  auto operator<=>(const LicenseKey&) const = default;
};
struct LicenseMonth {
  double filed = 0.0, granted = 0.0, refused = 0.0, lapsed = 0.0;  ///< Packages.
};

/// What one quota does for one device in one month.
struct QuotaKey {
  std::string month, quota, device;
  auto operator<=>(const QuotaKey&) const = default;
};
struct QuotaMonth {
  double drawn = 0.0;    ///< Packages.
  double waiting = 0.0;  ///< Packages that it did not cover when they asked.
  double left = 0.0;     ///< Packages, after the last draw.
};

/// Money that one rule or exception takes of one order in one month.
struct FeeKey {
  std::string month, order, government, kind, rule, exception;
  auto operator<=>(const FeeKey&) const = default;
};

/// How a party adapts: what it does with how many packages of what, and the rule that it answers.
struct Adaptation {
  Date date;
  std::string what;     ///< "brought_forward", "written_off", "restored" or "seized".
  std::string subject;  ///< Order, or supply line.
  std::string device;
  double units = 0.0;
  double value_usd = 0.0;  ///< 0: not told.
  std::string rule;
};

/// What tables take from the facts of policy of one run.
struct PolicyAccount {
  std::vector<std::pair<Date, pb::RulingFact>> rulings;  ///< In order of time.
  std::map<LicenseKey, LicenseMonth> licenses;
  std::map<QuotaKey, QuotaMonth> quotas;
  std::map<FeeKey, double> fees_usd;
  std::vector<Adaptation> adaptations;  ///< In order of time.
};

/// Folds one fact of `date` into the account, where it is one of policy.
void add_policy(const pb::Fact& fact, Date date, PolicyAccount& account);

}  // namespace chokepoint
