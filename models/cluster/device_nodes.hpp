#pragma once

#include <set>
#include <vector>

namespace chokepoint {

/// Devices of one node that a gang holds.
struct NodeShare {
  int node = 0, devices = 0;

  bool operator==(const NodeShare&) const = default;
};

/// The free devices of nodes that are all alike, and who takes which of them. A gang takes whole
/// free nodes, of the lowest numbers, while it needs a whole one; the rest, and a gang that is less
/// than a node, goes where it leaves fewest devices free. Where whole nodes are too few it takes
/// what is free, the emptiest nodes first. What a gang holds is its own until it gives it back.
class DeviceNodes {
public:
  /// Requires: both at least 1.
  DeviceNodes(int nodes, int per_node);

  int free() const { return free_; }
  int all() const { return nodes_ * per_node_; }
  /// Of nodes that are down.
  int down() const { return down_; }
  /// Free devices of nodes that are in use in part.
  int stranded() const { return free_ - per_node_ * whole_nodes(); }

  /// Whether nobody holds a device of a node.
  bool is_idle(int node) const { return free_of_[static_cast<std::size_t>(node)] == per_node_; }

  /// Requires: 1 <= devices <= free().
  std::vector<NodeShare> take(int devices);
  /// Requires: as take() gave it, and not given back.
  void give(const std::vector<NodeShare>& shares);

  /// Takes away a node that nobody holds a device of, and puts it back.
  void take_down(int node);
  void bring_back(int node);

private:
  int whole_nodes() const;
  void take_of(int node, int devices, std::vector<NodeShare>& shares);
  void move(int node, int free);

  int nodes_, per_node_, free_, down_ = 0;
  std::vector<int> free_of_;              // By node.
  std::vector<std::set<int>> with_free_;  // Nodes by how many of their devices are free.
};

}  // namespace chokepoint
