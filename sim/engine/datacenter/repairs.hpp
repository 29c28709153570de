#pragma once

#include <deque>
#include <functional>
#include <set>
#include <utility>
#include <vector>

#include "sim/engine/datacenter/sites.hpp"
#include "sim/engine/kernel/engine_component.hpp"

namespace chokepoint {

/// Which nodes gangs hold that may lose some, which nodes are in repair, and who waits for one:
/// gangs, and services, whose nodes have no numbers but while they fail.
/// Nodes of a pool have numbers from 0, the lowest unused ones are given out first; nodes that
/// nobody ever held cost nothing.
class Repairs : private EngineComponent {
public:
  /// Gets a node in place of a broken one.
  using Handler = std::function<void(int node)>;

  Repairs(const World& world, Agenda& agenda, Sites& sites, TraceSink& trace);

  /// Called when a node is back and nobody waited for it yet.
  void on_returned(std::function<void()> listener) { on_returned_ = std::move(listener); }
  /// Called when a node of that pool is back.
  void on_repaired(PoolId pool, std::function<void()> listener) {
    listeners_.emplace_back(pool, std::move(listener));
  }

  /// Numbers for so many nodes that a gang begins to hold: Sites knows that they are busy.
  std::vector<int> take(PoolId pool, int nodes);
  /// A gang holds them no longer.
  void give(PoolId pool, const std::vector<int>& nodes);

  /// A busy node leaves its gang, and is back in its pool after `time`.
  void repair(PoolId pool, int node, Seconds time);

  /// Calls with a free node of the pool, which is busy from then on: now, where nobody waits
  /// before, else when it is the turn.
  void want(PoolId pool, Handler at_hand);

  /// The same of a node with which a service works, which lacks it until another one comes.
  void repair_serving(PoolId pool, int node, Seconds time);
  /// Calls once a free node of the pool is one of the service's, in place of one that it lacks.
  void want_serving(PoolId pool, std::function<void()> at_hand);

  /// A node came for a gang that is gone: it is free.
  void let_go(PoolId pool, int node);

  /// Gives free nodes to who waits, first come first served within a pool; to be called before jobs
  /// of the queue take them.
  void supply();

private:
  struct Numbers {
    std::set<int> unused;  // That were held once.
    int first_new = 0;
  };
  struct Waiter {
    PoolId pool;
    Handler at_hand;  // Of a gang; none:
    std::function<void()> serves = nullptr;
  };

  int take_number(PoolId pool);
  void on_repaired(PoolId pool, int node);
  bool is_free(PoolId pool) const;

  Sites& sites_;
  std::vector<Numbers> numbers_;  // By pool.
  std::deque<Waiter> waiters_;    // In the order in which they came.
  std::function<void()> on_returned_;
  std::vector<std::pair<PoolId, std::function<void()>>> listeners_;
};

}  // namespace chokepoint
