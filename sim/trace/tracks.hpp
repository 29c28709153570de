#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "models/world.hpp"
#include "sim/trace/counter_names.hpp"
#include "sim/trace/event.hpp"

namespace chokepoint {

/// A row of the timeline.
struct Track {
  std::uint64_t uuid = 0;    ///< Fingerprint of where it stands; the same in every run.
  std::uint64_t parent = 0;  ///< 0: a top row.
  std::string name;
  std::string unit;  ///< Of the values that the track holds; empty: it holds events.
};

/// Decides which track a fact belongs to.
///
///   run; government > rule > exception; supply > line; market > order; site > pool > job; service;
///   site > pool > node > lane; fleet > pool > replica > lane; job > rank of its pipeline > what it
///   exchanges beside computing
///
/// A counter has a track of its own below its subject's. A job has one below every pool that it
/// would go to: its facts stand below its first choice until it is placed, then where it is placed.
/// A request has the first free lane of its replica until it leaves that. So has a
/// job of a log in each node that it holds; the first lane of a node is the node. Replicas, nodes,
/// lanes and ranks are made when they are first asked for.
class Tracks {
public:
  explicit Tracks(const World& world);

  /// Every track so far, parents before children; of() may add to them.
  const std::vector<Track>& all() const { return all_; }
  /// The track of the run itself: its beginning and its end.
  std::uint64_t run() const { return run_; }

  /// The track of `event`; remembers where jobs are placed.
  /// Requires: ids of the world that this was made from; a job is placed in a pool of its list.
  std::uint64_t of(const TraceEvent& event);

private:
  using Uuid = std::uint64_t;

  /// A replica, and who stands where.
  struct Replica {
    Uuid track = 0;
    std::array<Uuid, 3> gauges{};  ///< By gauge.
    std::vector<Uuid> lanes;
    std::set<std::size_t> free;                                 ///< Of the lanes.
    std::unordered_map<std::uint64_t, std::size_t> of_request;  ///< Lane.
  };

  /// A job in one pool of its list, with its counters.
  struct Seat {
    PoolId pool;
    std::string path;
    Uuid track = 0;
    std::vector<Uuid> counters;  ///< By counter; 0 for those of other subjects.
  };
  struct Job {
    std::vector<Seat> seats;  ///< In order of preference.
    std::size_t current = 0;
  };
  /// A node of a pool: jobs that hold parts of it stand side by side, the first on its own track.
  struct Node {
    std::vector<Uuid> lanes;
    std::set<std::size_t> free;  ///< Of the lanes.
    std::unordered_map<std::string, std::size_t> of_gang;
  };
  /// Of a job's pipeline; by group what is exchanged beside computing, 0: nothing yet.
  struct Rank {
    Uuid track = 0;
    std::array<Uuid, kStepGroups> beside{};
  };

  Uuid add(const std::string& path, Uuid parent, const std::string& name,
           std::string_view unit = "");
  std::vector<Uuid> add_counters(const std::string& path, Uuid parent, CounterSubject subject,
                                 std::initializer_list<Counter> but_for = {});
  void add_governments(const World& world);
  void add_supplies(const World& world);
  void add_orders(const World& world);
  void add_sites(const World& world);
  void add_jobs(const World& world);
  void add_services(const World& world);
  void add_stacks(const World& world);
  void place(JobId job, PoolId pool);
  const Seat& seat_of(JobId job) const;
  Uuid of_sample(const CounterSampled& sample) const;
  Replica& replica(ServingPoolId pool, int number);
  Rank& rank(JobId job, int number);
  Node& node(PoolId pool, int number);
  Uuid seat_in(const NodeHeld& event);
  Uuid seat_in(const NodeLeft& event);
  template <class Event>
  Uuid of_rank(const Event& event);
  Uuid lane(const PhaseBegan& event);
  Uuid lane(const PhaseEnded& event);

  std::vector<Track> all_;
  Uuid run_ = 0;
  std::vector<Uuid> rules_, exceptions_, supplies_, orders_, sites_, pools_, services_;  ///< By id.
  std::vector<std::string> pool_paths_;
  std::vector<Job> jobs_;
  std::map<std::pair<JobId, int>, Rank> ranks_;
  std::map<std::pair<PoolId, int>, Node> nodes_;
  std::vector<std::string> serving_pools_;  ///< Names, by id.
  std::map<std::pair<ServingPoolId, int>, Replica> replicas_;
  Uuid fleet_ = 0;  ///< 0: there is none.
  std::map<ServingPoolId, Uuid> fleet_pools_;
  /// counters_[subject][index][counter]; jobs keep their own.
  std::array<std::vector<std::vector<Uuid>>, 6> counters_;
};

}  // namespace chokepoint
