#pragma once

#include <rapidcheck.h>

#include <algorithm>
#include <vector>

#include "models/cluster/job_queue.hpp"

namespace chokepoint {

/// Pools with up to four changes in the first minute and a half, all known before the first job
/// comes: `pools`, with the nodes that arrive.
struct ChangingPools {
  std::vector<JobPool> pools;
  std::vector<PoolChange> changes;
};

inline ChangingPools random_changes(std::vector<JobPool> pools) {
  ChangingPools made{std::move(pools), {}};
  const int count = *rc::gen::inRange(0, 5);
  for (int i = 0; i < count; ++i) {
    PoolChange change;
    change.pool =
        *rc::gen::inRange<std::uint32_t>(0, static_cast<std::uint32_t>(made.pools.size()));
    change.kind =
        *rc::gen::element(PoolChangeKind::Arrive, PoolChangeKind::Drain, PoolChangeKind::Close);
    change.on = *rc::gen::inRange(0, 90) * 1000;
    change.nodes = *rc::gen::inRange(1, 3);
    change.because = "change " + std::to_string(i);
    if (change.kind == PoolChangeKind::Arrive) {
      made.pools[change.pool].nodes += change.nodes;
    } else {
      change.first_node = *rc::gen::inRange(0, 3);
      if (*rc::gen::inRange(0, 2) == 1) change.until = change.on + *rc::gen::inRange(1, 60) * 1000;
    }
    made.changes.push_back(change);
  }
  return made;
}

/// The same, some of which are told late, at the moment itself at the latest.
inline ChangingPools random_surprises(std::vector<JobPool> pools) {
  ChangingPools made = random_changes(std::move(pools));
  for (PoolChange& change : made.changes) {
    if (*rc::gen::inRange(0, 2) == 1) change.known = change.on - *rc::gen::inRange(0, 30) * 1000;
  }
  return made;
}

/// Nobody gets a node that takes no job, whoever is still on it.
class TakesOnlyOpen : public QueueObserver {
public:
  TakesOnlyOpen(const std::vector<JobPool>& pools, const std::vector<PoolChange>& changes,
                QueueObserver& also)
      : pools_(pools), changes_(changes), also_(also) {}

  void took(std::int64_t at, std::uint32_t job, std::uint32_t pool,
            const std::vector<NodeShare>& shares) override {
    for (const NodeShare& share : shares) RC_ASSERT(is_open(at, pool, share.node));
    also_.took(at, job, pool, shares);
  }
  void gave(std::int64_t at, std::uint32_t job, std::uint32_t pool,
            const std::vector<NodeShare>& shares, HoldEnd why) override {
    also_.gave(at, job, pool, shares, why);
  }
  void failed(std::int64_t at, std::uint32_t pool, int node, const std::string& cause,
              bool is_broken) override {
    also_.failed(at, pool, node, cause, is_broken);
  }
  void returned(std::int64_t at, std::uint32_t pool, int node) override {
    also_.returned(at, pool, node);
  }
  void left(std::int64_t at, std::uint32_t pool, int node, const std::string& because) override {
    also_.left(at, pool, node, because);
  }
  void came(std::int64_t at, std::uint32_t pool, int node) override { also_.came(at, pool, node); }

  bool is_open(std::int64_t at, std::uint32_t pool, int node) const {
    int end = pools_[pool].nodes;  // Those that arrive are the last, in order.
    for (auto change = changes_.rbegin(); change != changes_.rend(); ++change) {
      if (change->pool != pool || change->kind != PoolChangeKind::Arrive) continue;
      if (node < end && node >= end - change->nodes && at < change->on) return false;
      end -= change->nodes;
    }
    for (const PoolChange& change : changes_) {
      const bool takes_away =
          change.kind == PoolChangeKind::Drain || change.kind == PoolChangeKind::Close;
      if (!takes_away || change.pool != pool || at < change.on || at >= change.until) continue;
      if (node >= *change.first_node && node < *change.first_node + change.nodes) return false;
    }
    return true;
  }

private:
  const std::vector<JobPool>& pools_;
  const std::vector<PoolChange>& changes_;
  QueueObserver& also_;
};

}  // namespace chokepoint
