#pragma once

#include <map>
#include <utility>
#include <vector>

#include "models/world.hpp"

namespace chokepoint {

/// Share below which who asks counts as cut off.
inline constexpr double kCutShare = 0.5;

/// How far buyers expect a supplier to be cut off from their site: one that was, not long ago.
class Trust {
public:
  explicit Trust(const World& world) : world_(world), shares_(world.blanket_orders.size(), 0.0) {}

  /// Of blanket order `i`, governments admit `share` this month. It was cut off where that fell
  /// below kCutShare since the last month.
  void note_share(std::size_t i, double share, Date month);

  /// Of `vendor` at `site`, in [0, 1]: 1 on the day on which it was cut off, half of it a year
  /// later.
  double risk(OrgId vendor, SiteId site, Date today) const;

private:
  const World& world_;
  std::vector<double> shares_;                       // By blanket order: admitted last month.
  std::map<std::pair<OrgId, SiteId>, Date> cut_on_;  // When a vendor was last cut off from a site.
};

}  // namespace chokepoint
