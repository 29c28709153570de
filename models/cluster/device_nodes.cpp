#include "models/cluster/device_nodes.hpp"

#include <algorithm>
#include <cassert>

namespace chokepoint {

DeviceNodes::DeviceNodes(int nodes, int per_node)
    : nodes_(nodes),
      per_node_(per_node),
      free_(nodes * per_node),
      free_of_(static_cast<std::size_t>(nodes), per_node),
      with_free_(static_cast<std::size_t>(per_node) + 1) {
  assert(nodes >= 1 && per_node >= 1);
  auto& whole = with_free_.back();
  for (int node = 0; node < nodes; ++node) whole.insert(whole.end(), node);
}

int DeviceNodes::whole_nodes() const {
  return static_cast<int>(with_free_.back().size());
}

void DeviceNodes::move(int node, int free) {
  int& had = free_of_[static_cast<std::size_t>(node)];
  with_free_[static_cast<std::size_t>(had)].erase(node);
  with_free_[static_cast<std::size_t>(free)].insert(node);
  free_ += free - had;
  had = free;
}

void DeviceNodes::take_of(int node, int devices, std::vector<NodeShare>& shares) {
  move(node, free_of_[static_cast<std::size_t>(node)] - devices);
  shares.push_back({node, devices});
}

std::vector<NodeShare> DeviceNodes::take(int devices) {
  assert(devices >= 1 && devices <= free_);
  std::vector<NodeShare> shares;
  for (; devices >= per_node_ && whole_nodes() > 0; devices -= per_node_) {
    take_of(*with_free_.back().begin(), per_node_, shares);
  }
  while (devices > 0) {
    // The node that is left with least, or where none holds the rest the emptiest one.
    auto fits = with_free_.begin() + std::min(devices, per_node_);
    fits = std::find_if(fits, with_free_.end(), [](const auto& nodes) { return !nodes.empty(); });
    if (fits != with_free_.end()) {
      const int taken = std::min(devices, per_node_);
      take_of(*fits->begin(), taken, shares);
      devices -= taken;
      continue;
    }
    const auto emptiest = std::find_if(with_free_.rbegin(), with_free_.rend(),
                                       [](const auto& nodes) { return !nodes.empty(); });
    const int node = *emptiest->begin();
    const int taken = std::min(devices, free_of_[static_cast<std::size_t>(node)]);
    take_of(node, taken, shares);
    devices -= taken;
  }
  return shares;
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
  with_free_.back().erase(node);
  free_ -= per_node_;
  down_ += per_node_;
}

void DeviceNodes::bring_back(int node) {
  with_free_.back().insert(node);
  free_ += per_node_;
  down_ -= per_node_;
}

}  // namespace chokepoint
