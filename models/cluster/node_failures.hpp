#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <queue>
#include <string>
#include <tuple>
#include <vector>

#include "models/cluster/pool_failures.hpp"
#include "models/random.hpp"

namespace chokepoint {

/// Nodes of a pool that fail at one moment for one reason.
struct NodeFailure {
  std::vector<int> nodes;  ///< That were up.
  std::string cause;
  bool is_broken = false;
  bool is_switch = false;  ///< They are out of reach, and come back together.
};

/// When which nodes of one pool fail. Each node is a renewal process: the time from which it is up
/// until it fails is drawn of one distribution, and anew when it is back. When the play begins the
/// pool has been at work for long, so that failures come at their mean rate from the first day on.
///
/// Nodes that have not failed since then are one process: with n of them at the share a of the
/// distribution of the time that is left, the next fails at the share a U^(1/n), and it is any of
/// them. Only nodes that failed have a time of their own. So a failure costs the same however many
/// nodes there are.
class NodeFailures {
public:
  /// From `begins` on, in milliseconds. Requires: nodes >= 1.
  NodeFailures(const PoolFailures& how, int nodes, std::uint64_t seed, const std::string& name,
               double begins);

  /// The next moment at which nodes fail, in milliseconds; infinite where none ever do.
  double next() const;
  /// What fails then. Its nodes are down until they are said to be up. Requires: next() is finite.
  NodeFailure fail();
  /// A node is back at `now`. Requires: it failed, and was not back.
  void back(int node, double now);
  /// How long a node is down after a failure, in milliseconds; drawn once for all below a switch.
  double draw_down_time(const NodeFailure& failure);

private:
  void draw_first(double now);
  // Nodes that fail together, one after the other.
  struct Groups {
    int size = 1, number = 1;
    double next = 0;
  };
  enum GroupKind : std::size_t { Domain, Switch, Kinds };
  const std::vector<NodeCause>& causes_of(GroupKind kind) const;
  void draw_group(GroupKind kind, double now);
  void strike_group(GroupKind kind, double now, NodeFailure& failure);
  double time_at(double share) const;
  double share_at(double time) const;
  void forget(int node);
  void go_down(int node);
  const NodeCause& cause_of(const std::vector<NodeCause>& causes, NodeFailure& failure);

  PoolFailures how_;
  RandomStream times_, picks_, repairs_;
  double begins_, mean_;  // Milliseconds; mean time of a node until it fails.
  double scale_;          // Of its distribution.
  std::array<Groups, Kinds> groups_;
  std::vector<int> fresh_;     // Nodes that have not failed,
  std::vector<int> place_of_;  // and where each of them stands there; -1: it has failed.
  double next_first_;
  // Of those that failed and are back: when they fail, which, and after how many starts.
  using Own = std::tuple<double, int, std::uint32_t>;
  std::priority_queue<Own, std::vector<Own>, std::greater<>> own_;
  std::vector<std::uint32_t> starts_;
  std::vector<char> is_down_;
};

}  // namespace chokepoint
