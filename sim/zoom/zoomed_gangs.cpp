#include "sim/zoom/zoomed_gangs.hpp"

#include <algorithm>
#include <limits>
#include <optional>

#include "models/device_speed.hpp"

namespace chokepoint {
namespace {

// One play: nodes, who waits, who trains.
class GangPlay {
public:
  GangPlay(const World& study, const std::vector<NodeCount>& powered) : study_(study) {
    for (std::size_t i = 0; i < study.pools.size(); ++i) {
      states_.push_back({powered[i], 0});
      const auto free = static_cast<int>(free_nodes(study.pools[i], states_[i]));
      const int per_node = study.nodes[study.pools[i].node.value].devices_per_node;
      nodes_.push_back(free > 0 ? std::optional<DeviceNodes>(std::in_place, free, per_node)
                                : std::nullopt);
    }
  }

  std::vector<GangStay> play() {
    const Calendar calendar = study_.calendar();
    std::vector<JobId> jobs;
    for (std::uint32_t i = 0; i < study_.training_jobs.size(); ++i) jobs.push_back(JobId{i});
    const auto comes = [&](JobId job) {
      return std::max(Seconds{}, calendar.at(study_.training_jobs[job.value].submitted));
    };
    std::ranges::stable_sort(jobs, {}, comes);
    std::size_t next = 0;
    while (true) {
      const Seconds arrival = next < jobs.size() ? comes(jobs[next]) : kNever;
      const Seconds now = std::min(arrival, first_end());
      if (now >= study_.horizon()) break;
      give_back(now);
      for (; next < jobs.size() && comes(jobs[next]) <= now; ++next) {
        const TrainingJob& job = study_.training_jobs[jobs[next].value];
        queue_.push_back({jobs[next], job.devices, job.pools});
      }
      place(now);
    }
    return std::move(stays_);
  }

private:
  static constexpr Seconds kNever{std::numeric_limits<double>::infinity()};

  struct Running {
    std::size_t stay;
    Seconds ends;
    NodeCount nodes;
  };

  Seconds first_end() const {
    Seconds first = kNever;
    for (const Running& one : running_) first = std::min(first, one.ends);
    return first;
  }

  void give_back(Seconds now) {
    for (const Running& one : running_) {
      if (one.ends > now) continue;
      const GangStay& stay = stays_[one.stay];
      nodes_[stay.pool.value]->give(stay.nodes);
      states_[stay.pool.value].busy_nodes -= one.nodes;
    }
    std::erase_if(running_, [&](const Running& one) { return one.ends <= now; });
  }

  void place(Seconds now) {
    while (const auto placed = place_head(queue_, study_.pools, states_, study_.nodes)) {
      queue_.erase(queue_.begin());
      const TrainingJob& job = study_.training_jobs[placed->job.value];
      const std::uint32_t pool = placed->pool.value;
      const TokensPerSecond rate =
          gang_throughput(study_, job, placed->pool) *
          device_speed(study_, study_.pools[pool].device, WorkKind::Training);
      GangStay stay;
      stay.job = placed->job;
      stay.pool = placed->pool;
      const int per_node = study_.nodes[study_.pools[pool].node.value].devices_per_node;
      stay.nodes = nodes_[pool]->take(placed->nodes * per_node);
      states_[pool].busy_nodes += placed->nodes;
      stay.from = now;
      const Seconds ends =
          rate > TokensPerSecond{} ? now + job.tokens.value / rate : Seconds{kNever};
      stay.until = std::min(ends, study_.horizon());
      stay.trained = ends <= study_.horizon() ? job.tokens.value : rate * (stay.until - stay.from);
      running_.push_back({stays_.size(), ends, placed->nodes});
      stays_.push_back(std::move(stay));
    }
  }

  const World& study_;
  std::vector<PoolState> states_;
  std::vector<std::optional<DeviceNodes>> nodes_;  // That train; none: the pool has none.
  std::vector<GangRequest> queue_;
  std::vector<Running> running_;
  std::vector<GangStay> stays_;
};

}  // namespace

std::vector<GangStay> play_gangs(const World& study, const std::vector<NodeCount>& powered) {
  return GangPlay(study, powered).play();
}

}  // namespace chokepoint
