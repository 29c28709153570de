#include "sim/engine/datacenter/repairs.hpp"

#include <utility>

namespace chokepoint {

Repairs::Repairs(const World& world, Agenda& agenda, Sites& sites, TraceSink& trace)
    : EngineComponent(world, agenda, trace), sites_(sites), numbers_(world.pools.size()) {}

std::vector<int> Repairs::take(PoolId pool, int nodes) {
  std::vector<int> taken;
  taken.reserve(static_cast<std::size_t>(nodes));
  for (int i = 0; i < nodes; ++i) taken.push_back(take_number(pool));
  return taken;
}

int Repairs::take_number(PoolId pool) {
  Numbers& numbers = numbers_[pool.value];
  if (numbers.unused.empty()) return numbers.first_new++;
  return numbers.unused.extract(numbers.unused.begin()).value();
}

void Repairs::give(PoolId pool, const std::vector<int>& nodes) {
  numbers_[pool.value].unused.insert(nodes.begin(), nodes.end());
}

void Repairs::repair(PoolId pool, int node, Seconds time) {
  const PoolState& state = sites_.states()[pool.value];
  const Seconds now = agenda_.now();
  sites_.set_busy(pool, state.busy_nodes - 1, now);
  sites_.set_down(pool, state.down_nodes + 1, now);
  agenda_.at(now + time, Phase::Job, [this, pool, node] { on_repaired(pool, node); });
}

void Repairs::repair_serving(PoolId pool, int node, Seconds time) {
  const PoolState& state = sites_.states()[pool.value];
  const Seconds now = agenda_.now();
  sites_.set_down(pool, state.down_nodes + 1, now);
  sites_.set_lacked(pool, state.lacked_nodes + 1);
  agenda_.at(now + time, Phase::Job, [this, pool, node] { on_repaired(pool, node); });
}

void Repairs::want_serving(PoolId pool, std::function<void()> at_hand) {
  waiters_.push_back({pool, nullptr, std::move(at_hand)});
  supply();
}

void Repairs::let_go(PoolId pool, int node) {
  give(pool, {node});
  sites_.set_busy(pool, sites_.states()[pool.value].busy_nodes - 1, agenda_.now());
  on_returned_();
}

void Repairs::on_repaired(PoolId pool, int node) {
  const NodeCount down = sites_.states()[pool.value].down_nodes;
  sites_.set_down(pool, down - 1, agenda_.now());
  give(pool, {node});
  trace_.record(NodeReturned{agenda_.now(), pool, node});
  on_returned_();
  for (const auto& [of, listener] : listeners_) {
    if (of == pool) listener();
  }
}

bool Repairs::is_free(PoolId pool) const {
  return free_nodes(world_.pools[pool.value], sites_.states()[pool.value]) > 0;
}

void Repairs::want(PoolId pool, Handler at_hand) {
  waiters_.push_back({pool, std::move(at_hand), nullptr});
  supply();
}

void Repairs::supply() {
  std::deque<Waiter> waiting = std::exchange(waiters_, {});
  std::vector<std::pair<Waiter, int>> served;
  for (Waiter& waiter : waiting) {
    const PoolId pool = waiter.pool;
    if (!is_free(pool)) {
      waiters_.push_back(std::move(waiter));
      continue;
    }
    if (waiter.serves) {
      sites_.set_lacked(pool, sites_.states()[pool.value].lacked_nodes - 1);
      served.emplace_back(std::move(waiter), 0);
      continue;
    }
    sites_.set_busy(pool, sites_.states()[pool.value].busy_nodes + 1, agenda_.now());
    served.emplace_back(std::move(waiter), take_number(pool));
  }
  for (const auto& [waiter, node] : served) {
    waiter.serves ? waiter.serves() : waiter.at_hand(node);
  }
}

}  // namespace chokepoint
