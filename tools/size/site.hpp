#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/calendar.hpp"
#include "models/ids.hpp"
#include "tools/policy/book.hpp"

namespace chokepoint {

/// Where and when devices are bought.
struct SiteQuestion {
  const PolicyBook& book;
  Country country;
  Date date;
};

/// Whether a device may be bought for a site.
struct SiteRuling {
  bool may_buy = true;
  std::string verdict;   ///< "license needed, presumed denial"; empty where it is free.
  std::string rule;      ///< Its name; empty where none decides.
  std::string citation;  ///< Of the rule.
  /// Attributes that are not given and that would bring a stricter verdict; empty where none would.
  std::string turns_on;

  /// "license needed, presumed denial, by us_2025_04_09_bandwidth_letter (...)"; empty where it is
  /// free whatever is not given.
  std::string text() const;
};

/// Judges `device` for an unnamed buyer of the site's country, as `policy check` does. It may not
/// be bought where a license is presumed to be denied, where it is prohibited, where nothing of
/// what is asked for may move, where it is not sold yet, or where the policy does not know it.
SiteRuling ruling_for(const SiteQuestion& site, const std::string& device);

}  // namespace chokepoint
