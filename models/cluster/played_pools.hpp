#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "models/cluster/device_nodes.hpp"
#include "models/cluster/job_queue.hpp"

namespace chokepoint {

class FailingPools;

/// What failures and changes do to whoever plays jobs on pools.
class FailureListener {
public:
  virtual ~FailureListener() = default;
  /// A job stops, by a failure, or because its nodes are closed. Whoever hears it gives its devices
  /// back.
  virtual void stop(std::uint32_t job, bool is_closed) = 0;
  /// A node that nobody holds is down until `back`.
  virtual void went_down(std::uint32_t pool, int node, Milliseconds back) = 0;
  /// It is back, as it was said.
  virtual void came_back(std::uint32_t pool, int node, Milliseconds back) = 0;
};

/// What changes do at one moment.
struct PlayedChanges {
  bool any = false;
  bool is_news =
      false;  ///< Plans that were made are void: something became known, or jobs stopped.
};

/// Where a job that needs a part of a device gets it: of a shared one, or of another one of a
/// group.
struct PartPlace {
  std::optional<int> device;
  std::uint32_t group = 0;
};

/// Pools while jobs are played on them: who holds what, what fails, comes and goes, and what was in
/// use for how long. Nodes of a pool that come and go together are a group; a group is a number
/// among those of all pools.
class PlayedPools {
public:
  /// Nothing is held. `observer` may be null. Requires: pools not empty; all outlive this.
  PlayedPools(const std::vector<JobPool>& pools, std::size_t jobs, const QueueSettings& settings,
              QueueObserver* observer);
  ~PlayedPools();

  Milliseconds now() const { return now_; }
  /// Counts what is in use until `when`. Requires: not before now().
  void go_to(Milliseconds when);
  /// Begins to count at `when`, and nodes to fail. Requires: nothing was counted.
  void begin_at(Milliseconds when);

  std::size_t size() const { return pools_.size(); }
  const std::vector<NodeGroup>& groups() const { return groups_; }
  /// The groups of a pool are from the first of it up to that of the next.
  std::uint32_t first_group(std::uint32_t pool) const { return first_group_[pool]; }
  /// Free devices of nodes that take jobs.
  int free(std::uint32_t pool) const { return sum_of_open(pool, &DeviceNodes::free); }
  int free_of_group(std::uint32_t group) const { return nodes_[group].free(); }
  int all_of_group(std::uint32_t group) const { return nodes_[group].all(); }
  std::uint32_t group_of(std::uint32_t pool, int node) const;
  /// All that ever are there.
  int all(std::uint32_t pool) const { return pools_[pool].nodes * pools_[pool].per_node; }
  /// Devices of nodes that take jobs and are not down.
  int up(std::uint32_t pool) const {
    return sum_of_open(pool, &DeviceNodes::all) - sum_of_open(pool, &DeviceNodes::down);
  }
  bool nothing_is_free() const;
  /// Whether a pool takes jobs that were submitted then.
  bool accepts(std::uint32_t pool, Milliseconds submit) const {
    return submit < support_ends_[pool];
  }

  /// Gives a job devices of a pool; says in how many nodes. Requires: as many are free; it has
  /// none.
  int take(std::uint32_t job, std::uint32_t pool, const std::vector<GroupPart>& parts);
  /// As above, of any groups that take jobs.
  int take(std::uint32_t job, std::uint32_t pool, int devices);
  /// Gives a job a part of a shared device, or of another one of a group that it opens; says in how
  /// many nodes. Requires: there is room, or a free device; it has none.
  int take_part(std::uint32_t job, std::uint32_t pool, const PartPlace& place, int part,
                Milliseconds ends);
  const SharedDevices& shared(std::uint32_t pool) const { return shared_[pool]; }
  /// The device that a job shares; nothing where it shares none.
  std::optional<int> shared_of(std::uint32_t job) const { return shared_of_[job]; }
  std::uint32_t group_of_shared(std::uint32_t pool, int device) const {
    return group_of(pool, shared_[pool].node(device));
  }
  /// Shared devices of nodes that take jobs, with their room.
  std::set<std::pair<int, int>> shared_and_open(std::uint32_t pool) const;
  /// The first group of a pool that takes jobs and has a free device. Requires: there is one.
  std::uint32_t group_with_room(std::uint32_t pool) const;
  /// The fullest shared device of nodes that take jobs until `ends`, as far as is known, that has
  /// room, and of which `may` says true.
  template <typename May>
  std::optional<int> device_with_room(std::uint32_t pool, int part, Milliseconds ends,
                                      const May& may) const {
    return shared_[pool].fullest(part, [&](int device) {
      return groups_[group_of_shared(pool, device)].takes(now_, ends, now_) && may(device);
    });
  }
  /// In how many domains the devices of a job stand.
  int domains_of(std::uint32_t job, std::uint32_t pool) const;
  /// What a job holds.
  const std::vector<GroupPart>& parts(std::uint32_t job) const { return parts_[job]; }
  /// Of that: devices of nodes that take jobs.
  int held_of_open(std::uint32_t job) const;
  /// Takes back all that a job holds in a pool.
  void give(std::uint32_t job, std::uint32_t pool, HoldEnd why);

  /// When next a node fails or is back, or a job stops by itself; kNoMoment where nothing does.
  Milliseconds next_failure() const;
  /// What does so now. Says whether anything does.
  bool play_failures(FailureListener& listener);

  bool has_changes() const { return !moments_.empty() || !settings_.changes.empty(); }
  /// When next something changes or is told; kNoMoment where nothing does.
  Milliseconds next_change() const;
  /// What changes now.
  PlayedChanges play_changes(FailureListener& listener);
  /// The most devices of a pool that take jobs at any moment from now on, known or not.
  int most_from_now(std::uint32_t pool) const;

  /// Of the whole play, until now.
  std::vector<PoolUse> uses() const;

private:
  int sum_of_open(std::uint32_t pool, int (DeviceNodes::*of)() const) const {
    int sum = 0;
    for (std::uint32_t g = first_group_[pool]; g < first_group_[pool + 1]; ++g) {
      if (is_open_[g] != 0) sum += (nodes_[g].*of)();
    }
    return sum;
  }
  void count_away(std::uint32_t group, Milliseconds until);
  void open_or_close(std::uint32_t group);
  void leave(std::uint32_t group, int node);
  void bring_back(std::uint32_t pool, int node);
  void take_down(std::uint32_t pool, int node);
  int tell_taken(std::uint32_t job, std::uint32_t pool);
  void give_shares(std::uint32_t pool, const std::vector<NodeShare>& shares);

  std::vector<NodeGroup> groups_;
  std::vector<std::uint32_t> first_group_;  // By pool, and the end.
  std::vector<DeviceNodes> nodes_;          // By group, as below.
  std::vector<char> is_open_;
  std::vector<AwayPeriod> away_now_;
  std::vector<Milliseconds> support_ends_;        // By pool.
  std::vector<Milliseconds> moments_;             // Of changes,
  std::size_t next_moment_ = 0;                   // of those that are to come.
  std::set<std::pair<std::uint32_t, int>> away_;  // Nodes, by pool, that were told to have left,
  std::set<std::pair<std::uint32_t, int>> down_;  // and to have failed.
  std::vector<std::vector<GroupPart>> parts_;     // By job.
  std::vector<std::vector<NodeShare>> shares_;    // By job.
  std::vector<SharedDevices> shared_;             // By pool.
  std::vector<std::optional<int>> shared_of_;     // By job.
  std::vector<PoolUse> uses_;
  const std::vector<JobPool>& pools_;
  const QueueSettings& settings_;
  QueueObserver* observer_;
  std::unique_ptr<FailingPools> failing_;  // None: nothing fails.
  Milliseconds now_ = 0;
};

/// How long work of `time` at speed 1 lasts on a pool, rounded up.
Milliseconds lasts_on(const JobPool& pool, Milliseconds time);

}  // namespace chokepoint
