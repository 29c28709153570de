#include "models/cluster/played_pools.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "models/cluster/failing_pools.hpp"

namespace chokepoint {

PlayedPools::PlayedPools(const std::vector<JobPool>& pools, std::size_t jobs,
                         const QueueSettings& settings, QueueObserver* observer)
    : shares_(jobs), uses_(pools.size()), pools_(pools), settings_(settings), observer_(observer) {
  for (const JobPool& pool : pools) nodes_.emplace_back(pool.nodes, pool.per_node);
}

PlayedPools::~PlayedPools() = default;

void PlayedPools::begin_at(Milliseconds when) {
  now_ = when;
  if (settings_.failures.empty()) return;
  assert(settings_.failures.size() == pools_.size());
  failing_ = std::make_unique<FailingPools>(pools_, shares_.size(), settings_, when);
}

void PlayedPools::go_to(Milliseconds when) {
  assert(when >= now_);
  const auto passed = static_cast<double>(when - now_);
  for (std::size_t p = 0; p < nodes_.size(); ++p) {
    uses_[p].busy += passed * (nodes_[p].all() - nodes_[p].down() - nodes_[p].free());
    uses_[p].stranded += passed * nodes_[p].stranded();
    uses_[p].down += passed * nodes_[p].down();
  }
  if (failing_) failing_->pass(when - now_);
  now_ = when;
}

bool PlayedPools::nothing_is_free() const {
  return std::ranges::all_of(nodes_, [](const DeviceNodes& nodes) { return nodes.free() == 0; });
}

int PlayedPools::take(std::uint32_t job, std::uint32_t pool, int devices) {
  assert(shares_[job].empty());
  shares_[job] = nodes_[pool].take(devices);
  if (failing_) failing_->take(job, pool, shares_[job]);
  if (observer_ != nullptr) observer_->took(now_, job, pool, shares_[job]);
  std::vector<int> nodes;
  for (const NodeShare& share : shares_[job]) nodes.push_back(share.node);
  std::ranges::sort(nodes);
  return static_cast<int>(std::unique(nodes.begin(), nodes.end()) - nodes.begin());
}

void PlayedPools::give(std::uint32_t job, std::uint32_t pool, HoldEnd why) {
  if (failing_) failing_->give(job, pool, shares_[job]);
  if (observer_ != nullptr) observer_->gave(now_, job, pool, shares_[job], why);
  nodes_[pool].give(shares_[job]);
  shares_[job] = {};
}

Milliseconds PlayedPools::next_failure() const {
  return failing_ ? failing_->next(now_) : kNoMoment;
}

bool PlayedPools::play_failures(FailureListener& listener) {
  if (!failing_ || failing_->next(now_) > now_) return false;
  for (const FailedNode& one : failing_->returned(now_)) {
    nodes_[one.pool].bring_back(one.node);
    if (observer_ != nullptr) observer_->returned(now_, one.pool, one.node);
    listener.came_back(one.pool, one.node, one.back);
  }
  for (const FailedNode& one : failing_->failed(now_)) {
    const std::vector<std::uint32_t> jobs = failing_->holders(one.pool, one.node);
    for (const std::uint32_t job : jobs) listener.stop(job);
    nodes_[one.pool].take_down(one.node);
    ++uses_[one.pool].failures;
    if (one.is_broken) ++uses_[one.pool].broken;
    if (observer_ != nullptr) {
      observer_->failed(now_, one.pool, one.node, one.cause, one.is_broken);
    }
    listener.went_down(one.pool, one.node, one.back);
  }
  while (const auto job = failing_->stopped(now_)) listener.stop(*job);
  return true;
}

Milliseconds lasts_on(const JobPool& pool, Milliseconds time) {
  if (pool.speed == 1) return time;
  return static_cast<Milliseconds>(std::ceil(static_cast<double>(time) / pool.speed));
}

}  // namespace chokepoint
