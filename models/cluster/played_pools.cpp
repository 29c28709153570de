#include "models/cluster/played_pools.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include "models/cluster/failing_pools.hpp"

namespace chokepoint {

PlayedPools::PlayedPools(const std::vector<JobPool>& pools, std::size_t jobs,
                         const QueueSettings& settings, QueueObserver* observer)
    : support_ends_(support_ends(pools.size(), settings.changes)),
      parts_(jobs),
      shares_(jobs),
      shared_(pools.size()),
      shared_of_(jobs),
      uses_(pools.size()),
      pools_(pools),
      settings_(settings),
      observer_(observer) {
  std::vector<int> nodes;
  nodes.reserve(pools.size());
  for (const JobPool& pool : pools) nodes.push_back(pool.nodes);
  groups_ = node_groups(nodes, settings.changes);
  for (std::uint32_t g = 0; g < groups_.size(); ++g) {
    const bool is_first = g == 0 || groups_[g].pool != groups_[g - 1].pool;
    if (is_first) first_group_.push_back(g);
    const JobPool& pool = pools[groups_[g].pool];
    nodes_.emplace_back(groups_[g].nodes, pool.per_node, settings.placement, pool.nodes_per_domain);
  }
  first_group_.push_back(static_cast<std::uint32_t>(groups_.size()));
  is_open_.assign(groups_.size(), 1);
  away_now_.resize(groups_.size());
  moments_ = change_moments(groups_);
}

PlayedPools::~PlayedPools() = default;

void PlayedPools::begin_at(Milliseconds when) {
  now_ = when;
  next_moment_ =
      static_cast<std::size_t>(std::ranges::upper_bound(moments_, when) - moments_.begin());
  for (std::uint32_t g = 0; g < groups_.size(); ++g) open_or_close(g);
  if (settings_.failures.empty()) return;
  assert(settings_.failures.size() == pools_.size());
  failing_ = std::make_unique<FailingPools>(pools_, shares_.size(), settings_, when);
}

void PlayedPools::go_to(Milliseconds when) {
  assert(when >= now_);
  const auto passed = static_cast<double>(when - now_);
  for (std::uint32_t g = 0; g < nodes_.size(); ++g) {
    PoolUse& use = uses_[groups_[g].pool];
    use.busy += passed * (nodes_[g].all() - nodes_[g].down() - nodes_[g].free());
    if (is_open_[g] == 0) {
      count_away(g, when);
      continue;
    }
    use.stranded += passed * nodes_[g].stranded();
    use.down += passed * nodes_[g].down();
  }
  for (std::size_t p = 0; p < pools_.size(); ++p) {
    const double unshared = passed * shared_[p].free() / kWholeDevice;
    uses_[p].busy -= unshared;
    uses_[p].stranded += unshared;
    uses_[p].unshared += unshared;
  }
  if (failing_) failing_->pass(when - now_);
  now_ = when;
}

// Periods in which as many are away are one.
void PlayedPools::count_away(std::uint32_t group, Milliseconds until) {
  const int devices = nodes_[group].free() + nodes_[group].down();
  AwayPeriod& last = away_now_[group];
  if (last.devices == devices && last.until == now_) {
    last.until = until;
    return;
  }
  if (last.devices > 0) uses_[groups_[group].pool].away.push_back(last);
  last = {now_, until, devices};
}

std::vector<PoolUse> PlayedPools::uses() const {
  std::vector<PoolUse> uses = uses_;
  for (std::uint32_t g = 0; g < groups_.size(); ++g) {
    if (away_now_[g].devices > 0) uses[groups_[g].pool].away.push_back(away_now_[g]);
  }
  return uses;
}

bool PlayedPools::nothing_is_free() const {
  for (std::uint32_t pool = 0; pool < pools_.size(); ++pool) {
    if (free(pool) > 0 || shared_[pool].has_room(1)) return false;
  }
  return true;
}

std::uint32_t PlayedPools::group_of(std::uint32_t pool, int node) const {
  std::uint32_t group = first_group_[pool + 1] - 1;
  while (groups_[group].first_node > node) --group;
  return group;
}

int PlayedPools::take(std::uint32_t job, std::uint32_t pool, int devices) {
  std::vector<GroupPart> room;
  for (std::uint32_t g = first_group_[pool]; g < first_group_[pool + 1]; ++g) {
    if (is_open_[g] != 0) room.push_back({g, nodes_[g].free()});
  }
  return take(job, pool, parts_of(devices, room));
}

int PlayedPools::take(std::uint32_t job, std::uint32_t pool, const std::vector<GroupPart>& parts) {
  assert(shares_[job].empty());
  for (const GroupPart& part : parts) {
    assert(is_open_[part.group] != 0);
    for (NodeShare share : nodes_[part.group].take(part.devices)) {
      share.node += groups_[part.group].first_node;
      shares_[job].push_back(share);
    }
  }
  parts_[job] = parts;
  return tell_taken(job, pool);
}

int PlayedPools::take_part(std::uint32_t job, std::uint32_t pool, const PartPlace& place, int part,
                           Milliseconds ends) {
  assert(shares_[job].empty());
  SharedDevices& shared = shared_[pool];
  int device = place.device.value_or(0);
  if (!place.device) {
    assert(is_open_[place.group] != 0);
    const int node = nodes_[place.group].take(1).front().node + groups_[place.group].first_node;
    device = shared.open(node);
  }
  shared.join(device, job, part, ends);
  shared_of_[job] = device;
  shares_[job] = {{shared.node(device), 0, part}};
  parts_[job] = {{group_of_shared(pool, device), 1}};
  return tell_taken(job, pool);
}

// Says in how many nodes.
int PlayedPools::tell_taken(std::uint32_t job, std::uint32_t pool) {
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
  if (const auto device = std::exchange(shared_of_[job], std::nullopt)) {
    const int node = shared_[pool].node(*device);
    if (shared_[pool].leave(*device, job)) give_shares(pool, {{node, 1}});
  } else {
    give_shares(pool, shares_[job]);
  }
  shares_[job] = {};
  parts_[job] = {};
}

void PlayedPools::give_shares(std::uint32_t pool, const std::vector<NodeShare>& shares) {
  for (NodeShare share : shares) {
    const std::uint32_t group = group_of(pool, share.node);
    share.node -= groups_[group].first_node;
    nodes_[group].give({share});
    if (is_open_[group] == 0 && !groups_[group].is_open(now_)) leave(group, share.node);
  }
}

std::uint32_t PlayedPools::group_with_room(std::uint32_t pool) const {
  std::uint32_t group = first_group_[pool];
  while (is_open_[group] == 0 || nodes_[group].free() == 0) ++group;
  assert(group < first_group_[pool + 1]);
  return group;
}

std::set<std::pair<int, int>> PlayedPools::shared_and_open(std::uint32_t pool) const {
  std::set<std::pair<int, int>> devices = shared_[pool].by_room();
  std::erase_if(devices,
                [&](const auto& one) { return is_open_[group_of_shared(pool, one.second)] == 0; });
  return devices;
}

int PlayedPools::domains_of(std::uint32_t job, std::uint32_t pool) const {
  const int per_domain = pools_[pool].nodes_per_domain;
  if (per_domain == 0) return 1;
  std::set<int> domains;
  for (const NodeShare& share : shares_[job]) domains.insert(share.node / per_domain);
  return static_cast<int>(domains.size());
}

int PlayedPools::held_of_open(std::uint32_t job) const {
  int held = 0;
  for (const GroupPart& part : parts_[job]) {
    if (is_open_[part.group] != 0) held += part.devices;
  }
  return held;
}

Milliseconds PlayedPools::next_failure() const {
  return failing_ ? failing_->next(now_) : kNoMoment;
}

void PlayedPools::take_down(std::uint32_t pool, int node) {
  const std::uint32_t group = group_of(pool, node);
  nodes_[group].take_down(node - groups_[group].first_node);
}

void PlayedPools::bring_back(std::uint32_t pool, int node) {
  const std::uint32_t group = group_of(pool, node);
  nodes_[group].bring_back(node - groups_[group].first_node);
  if (down_.erase({pool, node}) == 0) return;  // It has left meanwhile.
  if (observer_ != nullptr) observer_->returned(now_, pool, node);
}

bool PlayedPools::play_failures(FailureListener& listener) {
  if (!failing_ || failing_->next(now_) > now_) return false;
  for (const FailedNode& one : failing_->returned(now_)) {
    bring_back(one.pool, one.node);
    listener.came_back(one.pool, one.node, one.back);
  }
  for (const FailedNode& one : failing_->failed(now_)) {
    const std::vector<std::uint32_t> jobs = failing_->holders(one.pool, one.node);
    const bool is_there = !away_.contains({one.pool, one.node});
    for (const std::uint32_t job : jobs) listener.stop(job, false);
    take_down(one.pool, one.node);
    if (is_there) ++uses_[one.pool].failures;
    if (is_there && one.is_broken) ++uses_[one.pool].broken;
    if (!away_.contains({one.pool, one.node})) {
      down_.insert({one.pool, one.node});
      if (observer_ != nullptr) {
        observer_->failed(now_, one.pool, one.node, one.cause, one.is_broken);
      }
    }
    listener.went_down(one.pool, one.node, one.back);
  }
  while (const auto job = failing_->stopped(now_)) listener.stop(*job, false);
  return true;
}

Milliseconds PlayedPools::next_change() const {
  return next_moment_ < moments_.size() ? moments_[next_moment_] : kNoMoment;
}

PlayedChanges PlayedPools::play_changes(FailureListener& listener) {
  PlayedChanges played;
  if (next_change() > now_) return played;
  played.any = true;
  while (next_change() <= now_) ++next_moment_;
  for (std::uint32_t g = 0; g < groups_.size(); ++g) {
    for (const NodeGroup::Away& away : groups_[g].aways) {
      if (away.known == now_) played.is_news = true;
      if (away.begin != now_ || !away.stops) continue;
      for (std::uint32_t job = 0; job < parts_.size(); ++job) {
        const bool is_on_it = std::ranges::any_of(
            parts_[job], [&](const GroupPart& part) { return part.group == g; });
        if (!is_on_it) continue;
        listener.stop(job, true);
        played.is_news = true;
      }
    }
    open_or_close(g);
  }
  return played;
}

void PlayedPools::open_or_close(std::uint32_t group) {
  const bool is_open = groups_[group].is_open(now_);
  if (is_open == (is_open_[group] != 0)) return;
  is_open_[group] = is_open ? 1 : 0;
  for (int node = 0; node < groups_[group].nodes; ++node) {
    if (!is_open) {
      leave(group, node);
      continue;
    }
    const int number = groups_[group].first_node + node;
    if (away_.erase({groups_[group].pool, number}) == 0) continue;
    if (observer_ != nullptr) observer_->came(now_, groups_[group].pool, number);
  }
}

// A node of a group that takes no jobs is away as soon as nobody holds it.
void PlayedPools::leave(std::uint32_t group, int node) {
  if (!nodes_[group].is_idle(node)) return;
  const std::pair<std::uint32_t, int> at = {groups_[group].pool, groups_[group].first_node + node};
  if (!away_.insert(at).second || observer_ == nullptr) return;
  if (down_.erase(at) > 0) observer_->returned(now_, at.first, at.second);
  observer_->left(now_, at.first, at.second, groups_[group].why_away(now_));
}

int PlayedPools::most_from_now(std::uint32_t pool) const {
  std::vector<Milliseconds> when = {now_};
  when.insert(when.end(), moments_.begin() + static_cast<std::ptrdiff_t>(next_moment_),
              moments_.end());
  int most = 0;
  for (const Milliseconds at : when) {
    int there = 0;
    for (std::uint32_t g = first_group_[pool]; g < first_group_[pool + 1]; ++g) {
      if (groups_[g].is_open(at)) there += nodes_[g].all();
    }
    most = std::max(most, there);
  }
  return most;
}

Milliseconds lasts_on(const JobPool& pool, Milliseconds time) {
  if (pool.speed == 1) return time;
  return static_cast<Milliseconds>(std::ceil(static_cast<double>(time) / pool.speed));
}

}  // namespace chokepoint
