#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <queue>
#include <unordered_map>
#include <vector>

#include "models/random.hpp"
#include "models/serving/engine_replica.hpp"
#include "models/serving/fleet_spec.hpp"

namespace chokepoint {

/// A request that ended.
struct EndedRequest {
  const Request& request;
  RequestOutcome outcome = RequestOutcome::Delivered;
  RequestTimes times;             ///< Where delivered; else `last` is when it ended.
  std::uint32_t replica = 0;      ///< Where it ended; 0 where it was refused at the door.
  std::uint32_t reader = 0;       ///< Which read its prompt, where delivered.
  std::uint32_t preemptions = 0;  ///< In all replicas that had it.
};

/// Hears of every end, in order of the engines' events.
class FleetObserver {
public:
  virtual ~FleetObserver() = default;
  virtual void ended(const EndedRequest& end) = 0;
};

/// What a pool did.
struct PoolTally {
  EngineTotals engines;
  Nanoseconds up = 0;    ///< Of all replicas together, those that start not counted.
  Nanoseconds held = 0;  ///< The same with those that start and that are repaired: not off.
  std::int64_t failures = 0, started = 0, stopped = 0;
};

/// Requests from a source through routers to replicas and out again, event by event. Dates of
/// events never depend on whether engines step one by one. Memory goes with the requests in the
/// fleet, cost with their number and the logarithm of the replicas'.
class Fleet {
public:
  /// Refers to costs and transfers in `spec`. Requires: fleet_complaint() empty.
  explicit Fleet(const FleetSpec& spec, FleetObserver* observer = nullptr);

  /// Handles events until the source has no more and the fleet is empty, or the next one is later
  /// than `until`.
  void run(RequestSource& source, std::optional<Nanoseconds> until = std::nullopt);

  /// When the next event is; nothing where none is known.
  std::optional<Nanoseconds> next_event(RequestSource& source);
  /// Handles it. Requires: next_event().
  void handle_next(RequestSource& source);

  /// A transfer has ended whose end was not known at its start.
  void transferred(std::uint64_t request, Nanoseconds at);
  /// A replica fails at `at`, and is back after its pool's repair; one that was about to stop is
  /// then off. Nothing where it does not serve.
  void fail(std::uint32_t replica, Nanoseconds at);

  Nanoseconds now() const { return now_; }
  /// Of each class of service.
  const std::vector<Tally>& tallies() const { return tallies_; }
  Tally total() const;
  PoolTally pool(std::size_t index) const;
  /// Requests in replicas and on links.
  std::int64_t outstanding() const;
  const EngineReplica& replica(std::uint32_t number) const { return units_[number]->engine; }
  std::size_t replicas() const { return units_.size(); }
  /// That serve, and that are about to.
  std::int64_t up(std::size_t pool) const { return pools_[pool].up + pools_[pool].starting; }

private:
  enum class State : std::uint8_t { Off, Starting, Up, Draining, Failed, FailedAsItDrained };

  struct Unit {
    Unit(std::uint32_t in_pool, const PoolSpec& spec)
        : pool(in_pool), engine(*spec.costs, spec.rules) {}
    std::uint32_t pool;
    State state = State::Off;
    std::uint32_t life = 0;  // Grows with each change of state: dates of earlier lives are stale.
    Nanoseconds since = 0;   // Of being up.
    Nanoseconds taken = 0;   // Of not being off.
    std::int64_t incoming = 0;
    EngineReplica engine;
  };

  struct Pool {
    PoolSpec spec;
    std::uint32_t first = 0, count = 0;  // Units.
    std::int64_t up = 0, starting = 0;
    PoolTally done;
  };

  enum class Timer : std::uint8_t { Scale, Start, Fail, Transfer };
  struct Date {
    Nanoseconds at;
    std::uint64_t order;
    Timer timer;
    std::uint64_t of;  // A pool, a unit or a request.
    std::uint32_t life;
    bool operator<(const Date& other) const {
      return at != other.at ? at > other.at : order > other.order;
    }
  };
  struct Delivery {
    RequestEnd end;
    bool operator<(const Delivery& other) const {
      return end.at != other.end.at ? end.at > other.end.at : end.id > other.end.id;
    }
  };
  struct OnTheWay {
    Job job;
    std::uint32_t to;
  };

  enum class Happens : std::uint8_t { Nothing, Dated, Delivery, Arrival, Engine };
  struct Next {
    Happens what = Happens::Nothing;
    Nanoseconds at = 0;
  };

  Next next(RequestSource& source) const;
  void handle(const Next& event, RequestSource& source);
  void set_timer(Nanoseconds at, Timer timer, std::uint64_t of, std::uint32_t life);
  void handle(const Date& date);
  void arrive(Request request);
  bool is_admitted(const Request& request) const;
  void route(Job job, Nanoseconds at);
  void give_up(const Job& job, RequestOutcome outcome, Nanoseconds at, std::uint32_t replica);
  void finish(std::uint32_t replica);
  void send_on(Done done, std::uint32_t from);
  bool may_hold(const Pool& pool, const Request& request) const;
  bool may_ever_hold(const Request& request, bool is_read) const;
  std::optional<std::uint32_t> place_for(const Request& request, bool is_read);
  void submit(std::uint32_t replica, Job job, Nanoseconds at);
  void strand(Job job);
  void unstrand(Nanoseconds at);
  void retry(Job job, Nanoseconds at, std::uint32_t replica);
  void deliver(const Done& done, std::uint32_t replica);
  void tell(const Request& request, Nanoseconds at, RequestOutcome outcome);
  void scale(std::uint32_t number);
  bool start_one(Pool& pool);
  bool drain_one(Pool& pool);
  void put_up(std::uint32_t replica, Nanoseconds at);
  void turn_off(Unit& unit);
  void refresh(std::uint32_t replica);
  Router& router_of(PoolRole role) { return role == PoolRole::Decode ? decoders_ : readers_; }

  FleetSpec spec_;
  FleetObserver* observer_;
  std::vector<Pool> pools_;
  std::vector<std::unique_ptr<Unit>> units_;
  Router readers_, decoders_;
  LeastOf events_;  // Of engines.
  std::priority_queue<Date> dates_;
  std::uint64_t dates_set_ = 0;
  std::priority_queue<Delivery> deliveries_;
  std::unordered_map<std::uint64_t, OnTheWay> on_the_way_;
  std::deque<Job> stranded_;            // While no replica is up that may hold them.
  std::vector<RandomStream> failures_;  // Of each pool.
  std::vector<Done> finished_;
  std::vector<Tally> tallies_;
  std::int64_t in_engines_ = 0;
  Nanoseconds now_ = 0;
};

}  // namespace chokepoint
