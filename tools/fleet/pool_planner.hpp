#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>

#include "sim/scenario/reading/cursor.hpp"
#include "tools/fleet/fleet_plan.hpp"

namespace chokepoint {

/// A pool, and where its file says so; nowhere for one that follows from the cluster.
struct AskedPool {
  ServedPool pool;
  std::optional<Cursor> at;
};

/// Plans the pools of one fleet, one after the other. Refers to all that it is made of.
class PoolPlanner {
public:
  /// `promised` is what plans are to keep.
  PoolPlanner(const Cluster& cluster, const FleetQuestion& question, const SloClass& promised);

  /// Plans `asked` and takes its devices. False after a complaint: where its file says so, else in
  /// refusal().
  bool add(AskedPool asked, std::deque<PlannedPool>& pools);

  const FleetRefusal& refusal() const { return refusal_; }

private:
  bool refuse(const AskedPool& asked, const std::string& field, const std::string& message,
              const std::string& help);
  bool does_not_fit(const std::string& message);
  std::optional<ServingSubject> planned(AskedPool& asked, int free);
  std::optional<ServingSubject> written_plan(AskedPool& asked, int free);
  std::optional<ServingSubject> best_plan(AskedPool& asked, int free);

  const Cluster& cluster_;
  const FleetQuestion& question_;
  ServingTarget target_;
  std::map<std::uint32_t, int> taken_;  // Devices, by pool.
  FleetRefusal refusal_;
};

}  // namespace chokepoint
