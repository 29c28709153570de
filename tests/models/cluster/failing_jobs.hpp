#pragma once

#include <rapidcheck.h>

#include <map>
#include <vector>

#include "models/cluster/job_queue.hpp"

namespace chokepoint {

/// Nodes of 4 devices that fail every minute or so, alone and in pairs, are down for seconds, and
/// now and then stop a job by themselves; checkpoints, restarts, and how often a job may be stopped
/// at random.
inline QueueSettings random_failures(std::size_t pools) {
  QueueSettings settings;
  settings.failure_seed = *rc::gen::inRange<std::uint64_t>(1, 1'000'000);
  settings.checkpoint_every = *rc::gen::inRange(0, 6) * 1000;
  settings.young_daly = settings.checkpoint_every == 0 && *rc::gen::inRange(0, 2) == 1;
  settings.checkpoint_cost = *rc::gen::inRange(0, 4) * 100;
  settings.restart = *rc::gen::inRange(0, 3) * 500;
  settings.most_stops = *rc::gen::inRange(0, 40);
  for (std::size_t p = 0; p < pools; ++p) {
    PoolFailures how;
    how.causes = {{"a", PerSecond{*rc::gen::inRange(1, 4) / 200.0}, 0.5},
                  {"b", PerSecond{*rc::gen::inRange(0, 4) / 200.0}, 1.0}};
    if (*rc::gen::inRange(0, 2) == 1) how.domain_causes = {{"rack", PerSecond{0.01}, 0.3}};
    how.nodes_per_domain = 2;
    if (*rc::gen::inRange(0, 2) == 1) how.switch_causes = {{"switch", PerSecond{0.01}, 0.5}};
    how.nodes_per_switch = 3;
    how.switch_repair = Seconds{2};
    how.of_job = PerSecond{*rc::gen::inRange(0, 3) / 100.0};
    how.shape = *rc::gen::element(0.6, 1.0, 2.5);
    how.noticed = Seconds{*rc::gen::inRange(0, 3) * 1.0};
    how.repair = Seconds{4};
    settings.failures.push_back(how);
  }
  return settings;
}

/// Follows who holds which node, and checks that nobody takes what another has, or what is down.
class HeldNodes : public QueueObserver {
public:
  explicit HeldNodes(const std::vector<JobPool>& pools) : pools_(pools) {}

  struct Hold {
    std::int64_t from = 0, until = 0;
    HoldEnd why = HoldEnd::Finished;
  };
  std::map<std::uint32_t, std::vector<Hold>> holds;  ///< By job.
  int failures = 0, returns = 0;
  int away = 0;  ///< Nodes.

  void took(std::int64_t at, std::uint32_t job, std::uint32_t pool,
            const std::vector<NodeShare>& shares) override {
    go_to(at);
    for (const NodeShare& share : shares) {
      State& node = nodes_[{pool, share.node}];
      RC_ASSERT(!node.is_down && !node.is_away);
      node.used += share.devices;
      RC_ASSERT(share.devices > 0 && node.used <= pools_[pool].per_node);
      RC_ASSERT(share.node >= 0 && share.node < pools_[pool].nodes);
    }
    holds[job].push_back({at, at, HoldEnd::Finished});
  }
  void gave(std::int64_t at, std::uint32_t job, std::uint32_t pool,
            const std::vector<NodeShare>& shares, HoldEnd why) override {
    go_to(at);
    for (const NodeShare& share : shares) {
      nodes_[{pool, share.node}].used -= share.devices;
      RC_ASSERT((nodes_[{pool, share.node}].used) >= 0);
    }
    holds[job].back().until = at;
    holds[job].back().why = why;
  }
  void failed(std::int64_t at, std::uint32_t pool, int node, const std::string& cause,
              bool) override {
    go_to(at);
    State& one = nodes_[{pool, node}];
    RC_ASSERT(!one.is_down && !one.is_away && one.used == 0 && !cause.empty());
    one.is_down = true;
    ++failures;
  }
  void returned(std::int64_t at, std::uint32_t pool, int node) override {
    go_to(at);
    RC_ASSERT((nodes_[{pool, node}].is_down));
    nodes_[{pool, node}].is_down = false;
    ++returns;
  }
  void left(std::int64_t at, std::uint32_t pool, int node, const std::string& because) override {
    go_to(at);
    State& one = nodes_[{pool, node}];
    RC_ASSERT(!one.is_down && !one.is_away && one.used == 0 && !because.empty());
    one.is_away = true;
    ++away;
  }
  void came(std::int64_t at, std::uint32_t pool, int node) override {
    go_to(at);
    RC_ASSERT((nodes_[{pool, node}].is_away));
    nodes_[{pool, node}].is_away = false;
    --away;
  }
  /// Devices of a pool that are held.
  int used() const {
    int sum = 0;
    for (const auto& [key, node] : nodes_) sum += node.used;
    return sum;
  }

private:
  struct State {
    int used = 0;
    bool is_down = false, is_away = false;
  };
  void go_to(std::int64_t at) {
    RC_ASSERT(at >= now_);
    now_ = at;
  }

  const std::vector<JobPool>& pools_;
  std::map<std::pair<std::uint32_t, int>, State> nodes_;
  std::int64_t now_ = 0;
};

}  // namespace chokepoint
