#pragma once

#include <functional>
#include <map>
#include <utility>

#include "models/world.hpp"

namespace chokepoint {

/// What of a pool abroad rules let the owner of a job or a service work with. Work at home is
/// always allowed, and so is all of it in worlds with buyers: there rules act on what is rented
/// anew.
class RemoteUse {
public:
  /// Of a device that stands in a country, what governments let somebody work with, in [0, 1].
  using Judge = std::function<double(OrgId user, DeviceId device, Country stands_in)>;

  explicit RemoteUse(const World& world);

  /// Asks `judge` of today. True where an answer is another than before.
  bool ask(const Judge& judge);

  /// In [0, 1]; 1 before anybody was asked.
  double share(OrgId owner, PoolId pool) const;
  /// True where somebody may not work with all of a pool.
  bool binds() const { return !limits_.empty(); }

private:
  using Limits = std::map<std::pair<OrgId, PoolId>, double>;  // Those below 1.

  void ask_of(OrgId owner, PoolId pool, const Judge& judge, Limits& limits) const;

  const World& world_;
  Limits limits_;
};

}  // namespace chokepoint
