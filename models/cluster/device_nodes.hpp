#pragma once

#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

namespace chokepoint {

/// Devices of one node that a gang holds.
struct NodeShare {
  int node = 0, devices = 0;
  int part = 0;  ///< Thousandths of one more of its devices, which it has beside others.

  bool operator==(const NodeShare&) const = default;
};

/// Which free nodes a gang gets. Of equals here and below: those of the lowest numbers.
///
///   Packed  Whole free nodes while it needs a whole one; the rest, and a gang that is less than a
///           node, goes where it leaves fewest devices free. Where whole nodes are too few it takes
///           what is free, the emptiest nodes first.
///   Spread  The emptiest nodes first.
///   Domain  A gang that no node holds goes into as few domains as can be: into the one that it
///           leaves least of, where one holds it; else it takes all of the emptiest one, and again.
///           What a node holds goes into the fullest domain with such a node, there into the
///           fullest one. Within a domain as Packed.
enum class NodePlacement { Packed, Spread, Domain };

/// "packed", "spread", "domain".
std::string_view name(NodePlacement placement);
std::optional<NodePlacement> node_placement_named(std::string_view name);

/// The free devices of nodes that are all alike, and who takes which of them. Nodes one after the
/// other are a domain: those below one leaf switch. What a gang holds is its own until it gives it
/// back.
class DeviceNodes {
public:
  /// `per_domain` nodes are a domain; 0: all of them. Requires: the first two at least 1.
  DeviceNodes(int nodes, int per_node, NodePlacement placement = NodePlacement::Packed,
              int per_domain = 0);

  int free() const { return free_; }
  int all() const { return nodes_ * per_node_; }
  /// Of nodes that are down.
  int down() const { return down_; }
  /// Free devices of nodes that are in use in part.
  int stranded() const { return free_ - per_node_ * whole_nodes_; }

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
  // Nodes among which a gang that comes to them is placed.
  struct Domain {
    int free = 0;
    std::vector<std::set<int>> with_free;  // Nodes by how many of their devices are free.
  };
  using ByFree = std::set<std::pair<int, int>>;  // Domains, by their free devices.

  int domain_of(int node) const { return node / per_domain_; }
  bool has_ranks() const { return placement_ == NodePlacement::Domain; }
  void rank(int domain, bool is_in);
  void put(int node, int free, bool is_there);
  void move(int node, int free);
  void take_of(int node, int devices, std::vector<NodeShare>& shares);
  void take_packed(const Domain& domain, int devices, std::vector<NodeShare>& shares);
  void take_spread(int devices, std::vector<NodeShare>& shares);
  void take_of_domains(int devices, std::vector<NodeShare>& shares);

  int nodes_, per_node_, per_domain_, free_, down_ = 0;
  int whole_nodes_ = 0;  // All of whose devices are free.
  NodePlacement placement_;
  std::vector<int> free_of_;  // By node.
  std::vector<Domain> domains_;
  ByFree ranked_;                         // Domain: all of them, and
  std::vector<ByFree> ranked_with_node_;  // by how many devices of one of their nodes are free.
};

}  // namespace chokepoint
