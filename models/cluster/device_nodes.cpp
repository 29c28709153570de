#include "models/cluster/device_nodes.hpp"

#include <algorithm>
#include <array>
#include <cassert>

namespace chokepoint {
namespace {

constexpr std::array<std::string_view, 3> kPlacementNames = {"packed", "spread", "domain"};

// The emptiest nodes. Requires: one has a free device.
const std::set<int>& emptiest(const std::vector<std::set<int>>& with_free) {
  return *std::find_if(with_free.rbegin(), with_free.rend(),
                       [](const auto& nodes) { return !nodes.empty(); });
}

}  // namespace

std::string_view name(NodePlacement placement) {
  return kPlacementNames[static_cast<std::size_t>(placement)];
}

std::optional<NodePlacement> node_placement_named(std::string_view name) {
  const auto found = std::ranges::find(kPlacementNames, name);
  if (found == kPlacementNames.end()) return std::nullopt;
  return static_cast<NodePlacement>(found - kPlacementNames.begin());
}

DeviceNodes::DeviceNodes(int nodes, int per_node, NodePlacement placement, int per_domain)
    : nodes_(nodes),
      per_node_(per_node),
      per_domain_(placement == NodePlacement::Domain && per_domain > 0 ? per_domain : nodes),
      free_(0),
      placement_(placement),
      free_of_(static_cast<std::size_t>(nodes), per_node) {
  assert(nodes >= 1 && per_node >= 1 && per_domain >= 0);
  const auto domains = static_cast<std::size_t>((nodes + per_domain_ - 1) / per_domain_);
  const auto levels = static_cast<std::size_t>(per_node) + 1;
  domains_.assign(domains, {0, std::vector<std::set<int>>(levels)});
  for (int node = 0; node < nodes; ++node) put(node, per_node, true);
  if (!has_ranks()) return;
  ranked_with_node_.resize(levels);
  for (std::size_t domain = 0; domain < domains; ++domain) rank(static_cast<int>(domain), true);
}

// Writes a domain down by what is free there, or strikes it out.
void DeviceNodes::rank(int domain, bool is_in) {
  if (!has_ranks()) return;
  const Domain& of = domains_[static_cast<std::size_t>(domain)];
  std::size_t most = of.with_free.size() - 1;
  while (most > 0 && of.with_free[most].empty()) --most;
  for (ByFree* by : {&ranked_, &ranked_with_node_[most]}) {
    if (is_in) {
      by->insert({of.free, domain});
    } else {
      by->erase({of.free, domain});
    }
  }
}

// A node with so many free devices is there, or is not.
void DeviceNodes::put(int node, int free, bool is_there) {
  Domain& domain = domains_[static_cast<std::size_t>(domain_of(node))];
  auto& nodes = domain.with_free[static_cast<std::size_t>(free)];
  if (is_there) {
    nodes.insert(nodes.end(), node);
  } else {
    nodes.erase(node);
  }
  const int change = is_there ? free : -free;
  domain.free += change;
  free_ += change;
  if (free == per_node_) whole_nodes_ += is_there ? 1 : -1;
}

void DeviceNodes::move(int node, int free) {
  int& had = free_of_[static_cast<std::size_t>(node)];
  rank(domain_of(node), false);
  put(node, had, false);
  put(node, free, true);
  rank(domain_of(node), true);
  had = free;
}

void DeviceNodes::take_of(int node, int devices, std::vector<NodeShare>& shares) {
  move(node, free_of_[static_cast<std::size_t>(node)] - devices);
  shares.push_back({node, devices});
}

std::vector<NodeShare> DeviceNodes::take(int devices) {
  assert(devices >= 1 && devices <= free_);
  std::vector<NodeShare> shares;
  switch (placement_) {
    case NodePlacement::Packed:
      take_packed(domains_.front(), devices, shares);
      break;
    case NodePlacement::Spread:
      take_spread(devices, shares);
      break;
    case NodePlacement::Domain:
      take_of_domains(devices, shares);
      break;
  }
  return shares;
}

void DeviceNodes::take_packed(const Domain& domain, int devices, std::vector<NodeShare>& shares) {
  const auto& with_free = domain.with_free;
  for (; devices >= per_node_ && !with_free.back().empty(); devices -= per_node_) {
    take_of(*with_free.back().begin(), per_node_, shares);
  }
  while (devices > 0) {
    // The node that is left with least, or where none holds the rest the emptiest one.
    auto fits = with_free.begin() + std::min(devices, per_node_);
    fits = std::find_if(fits, with_free.end(), [](const auto& nodes) { return !nodes.empty(); });
    const int node = *(fits != with_free.end() ? *fits : emptiest(with_free)).begin();
    const int taken = std::min(devices, free_of_[static_cast<std::size_t>(node)]);
    take_of(node, taken, shares);
    devices -= taken;
  }
}

void DeviceNodes::take_spread(int devices, std::vector<NodeShare>& shares) {
  while (devices > 0) {
    const int node = *emptiest(domains_.front().with_free).begin();
    const int taken = std::min(devices, free_of_[static_cast<std::size_t>(node)]);
    take_of(node, taken, shares);
    devices -= taken;
  }
}

void DeviceNodes::take_of_domains(int devices, std::vector<NodeShare>& shares) {
  const auto domain = [&](int at) -> const Domain& {
    return domains_[static_cast<std::size_t>(at)];
  };
  if (devices <= per_node_) {
    const std::pair<int, int>* fullest = nullptr;
    for (auto most = static_cast<std::size_t>(devices); most < ranked_with_node_.size(); ++most) {
      const ByFree& ranked = ranked_with_node_[most];
      if (!ranked.empty() && (fullest == nullptr || *ranked.begin() < *fullest)) {
        fullest = &*ranked.begin();
      }
    }
    if (fullest != nullptr) return take_packed(domain(fullest->second), devices, shares);
  }
  while (devices > 0) {
    auto at = ranked_.lower_bound({devices, 0});
    if (at == ranked_.end()) at = ranked_.lower_bound({ranked_.rbegin()->first, 0});
    const int taken = std::min(devices, at->first);
    take_packed(domain(at->second), taken, shares);
    devices -= taken;
  }
}

void DeviceNodes::give(const std::vector<NodeShare>& shares) {
  for (const NodeShare& share : shares) {
    const int free = free_of_[static_cast<std::size_t>(share.node)] + share.devices;
    assert(free <= per_node_);
    move(share.node, free);
  }
}

void DeviceNodes::take_down(int node) {
  assert(free_of_[static_cast<std::size_t>(node)] == per_node_);
  rank(domain_of(node), false);
  put(node, per_node_, false);
  rank(domain_of(node), true);
  down_ += per_node_;
}

void DeviceNodes::bring_back(int node) {
  rank(domain_of(node), false);
  put(node, per_node_, true);
  rank(domain_of(node), true);
  down_ -= per_node_;
}

}  // namespace chokepoint
