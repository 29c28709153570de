#pragma once

#include <map>
#include <utility>
#include <vector>

#include "models/world.hpp"

namespace chokepoint {

/// Where less than this share is admitted, the vendor counts as cut off.
inline constexpr double kCutShare = 0.5;

/// How far buyers expect a supplier to be cut off from their site, from when it last was.
class Trust {
public:
  explicit Trust(const World& world) : world_(world), shares_(world.blanket_orders.size(), 0.0) {}

  /// Governments admit `share` of blanket order `i` this month. It is cut off when that falls below
  /// kCutShare.
  void note_share(std::size_t i, double share, Date month);

  /// The risk of `vendor` at `site`, in [0, 1]: 1 on the day on which it was cut off, half of that
  /// a year later.
  double risk(OrgId vendor, SiteId site, Date today) const;

private:
  const World& world_;
  std::vector<double> shares_;                       // By blanket order: admitted last month.
  std::map<std::pair<OrgId, SiteId>, Date> cut_on_;  // When a vendor was last cut off from a site.
};

}  // namespace chokepoint
