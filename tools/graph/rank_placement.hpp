#pragma once

#include <deque>
#include <string>
#include <vector>

#include "models/network/collectives.hpp"
#include "models/training/layer_time.hpp"
#include "tools/estimate/training/training_catalog.hpp"
#include "tools/fleet/cluster.hpp"

namespace chokepoint {

/// Devices of one pool, as they compute and reach each other.
struct RankPool {
  PoolId id;  ///< In the cluster.
  std::string name, device_name;
  int devices = 0;
  FlopsPerSecond products;  ///< That large products attain in 16 bits.
  FlopsPerSecond peak;      ///< Of the datasheet, dense, 16 bits.
  BytesPerSecond stream;    ///< That kernels attain.
  Interconnect links;
  bool is_mesh = false;
  TrainingCoefficients coefficients;
};

/// What large products of a device attain in 16 bits, at the figures of `world`; at priors where it
/// does not know the device. Requires: its 16-bit peak and bandwidth are known.
FlopsPerSecond large_products_on(const DeviceSpec& device, const TrainingWorld& world);

/// Ranks on the devices of a cluster: rank r on the r-th, pool by pool.
class RankPlacement {
public:
  /// Devices of all pools of `cluster`, at the figures of `world`; a device that `world` does not
  /// know has priors. Pools whose device has no 16-bit peak, memory or bandwidth are left out.
  RankPlacement(const Cluster& cluster, const TrainingWorld& world);

  int devices() const { return devices_; }
  const std::vector<RankPool>& pools() const { return pools_; }
  /// Requires: 0 <= rank < devices().
  const RankPool& pool_of(int rank) const;

  /// How these ranks reach each other: within scale-up domains, each at the least that any of their
  /// pools attains, and between domains. As many of them as the domain with the fewest holds are
  /// one inner group. Requires: ranks as above, at least one.
  Hierarchy fabric_of(const std::vector<int>& ranks) const;
  /// How often longer sums and gatherings between servers take while ranks 0 to `ranks` - 1 all
  /// exchange: 1 + congestion log2(servers), as estimates have it of steps.
  double congestion_of(int ranks) const;

private:
  struct Where {
    std::size_t pool;
    int domain;  // Number within the pool.
  };
  Where where(int rank) const;

  std::vector<RankPool> pools_;
  int devices_ = 0;
};

}  // namespace chokepoint
