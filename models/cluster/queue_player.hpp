#pragma once

#include <map>
#include <optional>
#include <queue>
#include <set>
#include <utility>
#include <vector>

#include "models/cluster/expected_pools.hpp"
#include "models/cluster/job_queue.hpp"
#include "models/cluster/planned_pools.hpp"
#include "models/cluster/played_pools.hpp"

namespace chokepoint {

/// Plays a queue in order: Fifo, ShortestJob, Easy and Conservative.
class QueuePlayer : public FailureListener {
public:
  using JobAt = std::uint32_t;

  /// As play_queue(). Requires: all outlive this.
  QueuePlayer(const std::vector<RigidJob>& jobs, const std::vector<JobPool>& pools,
              QueuePolicy policy, const QueueSettings& settings, QueueObserver* observer);

  PlayedQueue played();

  void stop(std::uint32_t job, bool is_closed) override;
  void went_down(std::uint32_t pool, int node, Milliseconds back) override;
  void came_back(std::uint32_t pool, int node, Milliseconds back) override;

private:
  // A job while it is played.
  struct JobNow {
    Milliseconds from = kNoMoment;  // When it got its devices; kNoMoment: it has none.
    double done = 0;                // Of its work at speed 1, as its last checkpoint has it.
  };
  // What was held is free before it was expected to be.
  struct Freed {
    std::vector<GroupPart> parts;
    Milliseconds now = 0, expected = 0;
  };
  // A pool, where a part is had there, and how many devices else.
  struct Beside {
    std::uint32_t pool = 0;
    std::optional<int> device;
    int devices = 0;
  };

  // Devices, and for how long.
  struct Fit {
    int devices = 0;
    Milliseconds lasts = 0;
  };

  // Beside jobs, of a node that is down, and of a device that is shared.
  JobAt down_key(int node) const {
    return static_cast<JobAt>(jobs_.size() + static_cast<std::size_t>(node));
  }
  JobAt shared_key(std::uint32_t pool, int device) const {
    return down_key(pools_[pool].nodes + device);
  }
  std::size_t waiting() const {
    return policy_ == QueuePolicy::Conservative ? reserved_.size() : queue_.size();
  }
  Milliseconds now() const { return nodes_.now(); }
  bool is_part(JobAt job) const { return jobs_[job].part > 0; }

  bool end_jobs();
  Milliseconds expected_end(JobAt job) const;
  Milliseconds expected(JobAt job, std::uint32_t pool) const;
  Milliseconds expected_on(JobAt job, std::uint32_t pool, int devices) const;
  Milliseconds lasts(JobAt job, std::uint32_t pool, Milliseconds work, int devices) const;
  Milliseconds lasts_with_stops(JobAt job, std::uint32_t pool, double left, int devices) const;
  Milliseconds lasts_on_left(JobAt job, std::uint32_t pool) const;
  Milliseconds restart_of(JobAt job) const;
  double speed_of(JobAt job, std::uint32_t pool, int devices) const;
  Fit most_now(JobAt job, std::uint32_t pool, const KeptForHead* head = nullptr) const;
  Freed let_go(JobAt job, HoldEnd why);
  void start(JobAt job, std::uint32_t pool, const std::vector<GroupPart>& parts,
             std::optional<int> device = std::nullopt);
  void start_part(JobAt job, std::uint32_t pool, const PartPlace& place);

  void admit(JobAt from, JobAt to, bool somebody_left);
  std::pair<Milliseconds, JobAt> key(JobAt job) const;
  bool takes(std::uint32_t pool, JobAt job) const;
  bool takes(std::uint32_t pool, JobAt job, int least) const;
  std::optional<int> device_for(JobAt job, std::uint32_t pool) const;
  std::pair<PlannedSlot, int> best_slot(JobAt job) const;
  bool is_never_placed(JobAt job) const;
  void never_place(JobAt job);
  void start_in_order();
  void reserve(JobAt head, const PlannedSlot& slot);
  void backfill(JobAt from);
  bool delays_head(std::uint32_t pool, int device, Milliseconds end) const;
  std::optional<Beside> beside_head(JobAt job) const;

  // Conservative: see planned_queue.cpp.
  void admit_with_reservations(JobAt from, JobAt to);
  void start_those_due();
  std::optional<int> device_to_join(JobAt job, std::uint32_t pool) const;
  void join(JobAt job, std::uint32_t pool, int device);
  bool join_others();
  bool has_room_beside_others(int part) const;
  bool plan(JobAt job);
  void plan_again();
  void plan_all();

  const std::vector<RigidJob>& jobs_;
  const std::vector<JobPool>& pools_;
  QueuePolicy policy_;
  const QueueSettings& settings_;
  PlayedPools nodes_;
  std::vector<JobNow> now_of_;
  std::size_t running_ = 0;
  ExpectedPools expected_;  // Of what runs, and of what is down.
  std::set<std::pair<Milliseconds, JobAt>> queue_;
  std::priority_queue<std::pair<Milliseconds, JobAt>, std::vector<std::pair<Milliseconds, JobAt>>,
                      std::greater<>>
      ends_;
  KeptForHead kept_;                              // Easy.
  PlannedPools plans_;                            // Conservative;
  std::map<JobAt, PlannedSlot> reserved_;         // of those that wait, in their order,
  std::set<std::pair<Milliseconds, JobAt>> due_;  // and by when they begin.
  bool somebody_was_early_ = false, must_plan_all_ = false;
  PlayedQueue played_;
};

}  // namespace chokepoint
