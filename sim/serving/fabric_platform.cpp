#include "sim/serving/fabric_platform.hpp"

#include <iterator>
#include <map>
#include <simgrid/s4u/Exec.hpp>
#include <utility>

namespace chokepoint {

namespace sg4 = simgrid::s4u;

namespace {

// Links of a fleet's network have no latency of their own, but routes are shortest ways.
constexpr Seconds kOneLink{1.0};

std::vector<std::size_t> pools_by_replica(const FleetSpec& spec) {
  std::vector<std::size_t> pools;
  for (std::size_t i = 0; i < spec.pools.size(); ++i) {
    pools.resize(pools.size() + static_cast<std::size_t>(most_replicas(spec.pools[i])), i);
  }
  return pools;
}

/// Collects the switches and links of a fleet.
class FleetGraph {
public:
  FleetGraph(const FleetSpec& spec, const TransferFabric& fabric,
             const std::vector<std::size_t>& pools)
      : fabric_(fabric), replicas_(static_cast<std::uint32_t>(pools.size())) {
    std::int64_t number = 0;  // Within its pool.
    for (std::uint32_t i = 0; i < replicas_; ++i) {
      number = i > 0 && pools[i - 1] == pools[i] ? number + 1 : 0;
      if (spec.pools[pools[i]].role != PoolRole::Whole) attach(i, number, fabric.pools[pools[i]]);
    }
    if (fabric_.boundary <= BytesPerSecond{}) return;  // Nothing crosses.
    for (auto one = middles_.begin(); one != middles_.end(); ++one) {
      for (auto other = std::next(one); other != middles_.end(); ++other) {
        links_.push_back({one->second, other->second, fabric_.boundary, kOneLink, LinkKind::Line});
      }
    }
  }

  NetworkGraph graph() { return NetworkGraph(replicas_, switches_, std::move(links_)); }

private:
  std::uint32_t add_switch() { return replicas_ + switches_++; }

  // Replicas of one host follow each other: the first makes the switch that its cards lead from.
  void attach(std::uint32_t replica, std::int64_t number, const PoolLinks& links) {
    const auto [middle, is_new] = middles_.try_emplace(links.fabric, 0);
    if (is_new) middle->second = add_switch();
    if (links.replicas_per_host == 1) {
      links_.push_back({replica, middle->second, links.bandwidth, kOneLink, LinkKind::Card});
      return;
    }
    if (number % links.replicas_per_host == 0) {
      host_ = add_switch();
      links_.push_back({host_, middle->second, links.bandwidth, kOneLink, LinkKind::Card});
    }
    links_.push_back({replica, host_, links.bandwidth, kOneLink, LinkKind::Card});
  }

  const TransferFabric& fabric_;
  std::uint32_t replicas_ = 0, switches_ = 0, host_ = 0;
  std::vector<NetworkLink> links_;
  std::map<std::uint32_t, std::uint32_t> middles_;  // By fabric.
};

std::vector<double> conversion_rates(const TransferFabric& fabric,
                                     const std::vector<std::size_t>& pools) {
  std::vector<double> rates;
  rates.reserve(pools.size());
  for (const std::size_t pool : pools) rates.push_back(fabric.pools[pool].conversion.value);
  return rates;
}

}  // namespace

FabricPlatform::FabricPlatform(const FleetSpec& spec, const TransferFabric& fabric)
    : pools_(pools_by_replica(spec)),
      graph_(FleetGraph(spec, fabric, pools_).graph()),
      lanes_(graph_, conversion_rates(fabric, pools_)) {}

sg4::CommPtr FabricPlatform::flow(std::uint32_t from, std::uint32_t to, Bytes size) const {
  return lanes_.flow(from, to, size);
}

sg4::ExecPtr FabricPlatform::conversion(std::uint32_t replica, Bytes moved) const {
  sg4::ExecPtr exec = sg4::Exec::init();
  exec->set_flops_amount(moved.value)->set_host(lanes_.host(replica));
  return exec;
}

}  // namespace chokepoint
