#include "models/serving/fleet.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

namespace chokepoint {
namespace {

std::size_t units_of(const FleetSpec& spec) {
  std::int64_t sum = 0;
  for (const PoolSpec& pool : spec.pools) sum += most_replicas(pool);
  return static_cast<std::size_t>(sum);
}

std::uint32_t output_in(PoolRole role, const Request& request) {
  return role == PoolRole::Prefill ? 1 : request.output;
}

}  // namespace

Fleet::Fleet(const FleetSpec& spec, FleetObserver* observer)
    : spec_(spec),
      observer_(observer),
      readers_(spec.routing, units_of(spec), spec.seed, spec.balance),
      decoders_(
          spec.routing == RoutingPolicy::PrefixAware ? RoutingPolicy::LeastLoaded : spec.routing,
          units_of(spec), spec.seed + 1, spec.balance),
      events_(units_of(spec)),
      tallies_(spec.classes.size()) {
  assert(fleet_complaint(spec).empty());
  for (const PoolSpec& each : spec.pools) {
    const auto number = static_cast<std::uint32_t>(pools_.size());
    Pool pool;
    pool.spec = each;
    pool.first = static_cast<std::uint32_t>(units_.size());
    pool.count = static_cast<std::uint32_t>(most_replicas(each));
    pools_.push_back(pool);
    failures_.emplace_back(spec.seed, "failures of pool " + std::to_string(number));
    for (std::uint32_t i = 0; i < pool.count; ++i) {
      units_.push_back(std::make_unique<Unit>(number, each));
    }
    for (std::int64_t i = 0; i < each.replicas; ++i) {
      put_up(pool.first + static_cast<std::uint32_t>(i), 0);
    }
    if (each.scaling) set_timer(each.scaling->interval, Timer::Scale, number, 0);
  }
}

Fleet::Next Fleet::next(RequestSource& source) const {
  Next found;
  const auto consider = [&](Happens what, Nanoseconds at) {
    if (found.what == Happens::Nothing || at < found.at) found = {what, at};
  };
  const auto arrival = source.next_arrival();
  // Dates alone, such as looks at the load, do not keep a replay going.
  const bool is_over = !arrival && deliveries_.empty() && outstanding() == 0;
  if (!dates_.empty() && !is_over) consider(Happens::Dated, dates_.top().at);
  if (!deliveries_.empty()) consider(Happens::Delivery, deliveries_.top().end.at);
  if (arrival) consider(Happens::Arrival, std::max(*arrival, now_));
  if (events_.least() != LeastOf::kNever) consider(Happens::Engine, events_.least());
  return found;
}

std::optional<Nanoseconds> Fleet::next_event(RequestSource& source) {
  const Next found = next(source);
  return found.what == Happens::Nothing ? std::nullopt : std::optional(found.at);
}

void Fleet::handle_next(RequestSource& source) {
  handle(next(source), source);
}

void Fleet::handle(const Next& event, RequestSource& source) {
  assert(event.what != Happens::Nothing && event.at >= now_);
  now_ = event.at;
  if (event.what == Happens::Dated) {
    const Date date = dates_.top();
    dates_.pop();
    handle(date);
  } else if (event.what == Happens::Delivery) {
    const RequestEnd end = deliveries_.top().end;
    deliveries_.pop();
    source.ended(end);
  } else if (event.what == Happens::Arrival) {
    if (auto request = source.next()) arrive(std::move(*request));
  } else {
    finish(events_.winner());
  }
}

void Fleet::run(RequestSource& source, std::optional<Nanoseconds> until) {
  for (Next event = next(source); event.what != Happens::Nothing; event = next(source)) {
    if (until && event.at > *until) return;
    handle(event, source);
  }
}

void Fleet::set_timer(Nanoseconds at, Timer timer, std::uint64_t of, std::uint32_t life) {
  dates_.push({at, dates_set_++, timer, of, life});
}

void Fleet::handle(const Date& date) {
  const auto number = static_cast<std::uint32_t>(date.of);
  if (date.timer == Timer::Scale) return scale(number);
  if (date.timer == Timer::Transfer) return transferred(date.of, date.at);
  Unit& unit = *units_[number];
  if (unit.life != date.life) return;
  if (date.timer == Timer::Fail) return fail(number, date.at);
  if (unit.state == State::Starting) --pools_[unit.pool].starting;
  if (unit.state != State::FailedAsItDrained) return put_up(number, date.at);
  turn_off(unit);
}

bool Fleet::is_admitted(const Request& request) const {
  const double most = spec_.classes[request.slo_class].most_outstanding;
  const auto open = static_cast<double>(readers_.open() + decoders_.open());
  return most <= 0 || static_cast<double>(outstanding()) < most * open;
}

void Fleet::arrive(Request request) {
  assert(request.prompt >= 1 && request.output >= 1 && request.slo_class < tallies_.size());
  tallies_[request.slo_class].ask(request);
  Job job;
  job.request = std::move(request);
  if (is_admitted(job.request)) return route(std::move(job), now_);
  give_up(job, RequestOutcome::Refused, now_, 0);
}

// Whether replicas of the pool can, whatever their state.
bool Fleet::may_hold(const Pool& pool, const Request& request) const {
  const PoolRole role = pool.spec.role;
  return units_[pool.first]->engine.can_hold(request, output_in(role, request)) &&
         (role != PoolRole::Prefill || request.output == 1 || may_ever_hold(request, true));
}

// Whether some pool may: one that decodes where the prompt is read, else one that reads.
bool Fleet::may_ever_hold(const Request& request, bool is_read) const {
  return std::any_of(pools_.begin(), pools_.end(), [&](const Pool& pool) {
    return (pool.spec.role == PoolRole::Decode) == is_read && may_hold(pool, request);
  });
}

// The replica that the router chooses; where that can never hold the request, the least loaded of
// those that are up and can.
std::optional<std::uint32_t> Fleet::place_for(const Request& request, bool is_read) {
  Router& router = is_read ? decoders_ : readers_;
  const auto chosen = router.choose(request);
  if (!chosen || may_hold(pools_[units_[*chosen]->pool], request)) return chosen;
  std::optional<std::uint32_t> least;
  for (const Pool& pool : pools_) {
    if ((pool.spec.role == PoolRole::Decode) != is_read || !may_hold(pool, request)) continue;
    const auto own = router.least_loaded(pool.first, pool.count);
    if (own && (!least || router.load(*own) < router.load(*least))) least = own;
  }
  return least;
}

void Fleet::route(Job job, Nanoseconds at) {
  const auto place = place_for(job.request, false);
  if (place) return submit(*place, std::move(job), at);
  if (may_ever_hold(job.request, false)) return strand(std::move(job));
  if (is_too_long(job.request, spec_)) ++tallies_[job.request.slo_class].too_long;
  give_up(job, RequestOutcome::Refused, at, 0);
}

// Until a replica is up that may hold it; a cache that it had is gone.
void Fleet::strand(Job job) {
  job.has_cache = false;
  job.lag = 0;
  stranded_.push_back(std::move(job));
}

void Fleet::submit(std::uint32_t replica, Job job, Nanoseconds at) {
  Unit& unit = *units_[replica];
  job.output = output_in(pools_[unit.pool].spec.role, job.request);
  [[maybe_unused]] const bool is_taken = unit.engine.submit(std::move(job), at);
  assert(is_taken);
  ++in_engines_;
  refresh(replica);
}

void Fleet::finish(std::uint32_t replica) {
  Unit& unit = *units_[replica];
  finished_.clear();
  unit.engine.finish(finished_);
  in_engines_ -= std::ssize(finished_);
  refresh(replica);
  for (Done& done : finished_) {
    if (done.job.output < done.job.request.output) {
      send_on(std::move(done), replica);
    } else {
      deliver(done, replica);
    }
  }
}

// The prompt is read; its cache goes to a replica that decodes.
void Fleet::send_on(Done done, std::uint32_t from) {
  const Nanoseconds at = done.last - done.lag;
  Job job = std::move(done.job);
  job.has_cache = true;
  job.scheduled = done.scheduled;
  job.first_token = done.first;
  job.lag = done.lag;
  job.reader = from;
  job.preemptions = done.preemptions;
  const auto to = place_for(job.request, true);
  if (!to) return strand(std::move(job));
  const auto cache_in = [&](std::uint32_t replica) {
    return cache_of_prompt(pools_[units_[replica]->pool].spec, job.request.prompt);
  };
  const KvTransfer transfer{job.request.id, from, *to, cache_in(from), cache_in(*to)};
  on_the_way_.emplace(transfer.request, OnTheWay{std::move(job), *to});
  ++units_[*to]->incoming;
  refresh(*to);
  const auto end = spec_.transfers->start(transfer, at);
  if (end) set_timer(std::max(*end, at), Timer::Transfer, transfer.request, 0);
}

void Fleet::transferred(std::uint64_t request, Nanoseconds at) {
  const auto found = on_the_way_.find(request);
  assert(found != on_the_way_.end());
  OnTheWay arrived = std::move(found->second);
  on_the_way_.erase(found);
  now_ = std::max(now_, at);
  Unit& unit = *units_[arrived.to];
  // One that drains takes what is on its way to it before it is off.
  const bool serves = unit.state == State::Up || unit.state == State::Draining;
  --unit.incoming;
  if (serves) return submit(arrived.to, std::move(arrived.job), at);
  refresh(arrived.to);
  retry(std::move(arrived.job), at, arrived.to);
}

void Fleet::retry(Job job, Nanoseconds at, std::uint32_t replica) {
  if (job.retries >= spec_.most_retries) return give_up(job, RequestOutcome::Lost, at, replica);
  ++job.retries;
  ++tallies_[job.request.slo_class].retried;
  job.has_cache = false;
  job.lag = 0;
  route(std::move(job), at);
}

void Fleet::unstrand(Nanoseconds at) {
  std::deque<Job> jobs;
  jobs.swap(stranded_);
  for (Job& job : jobs) route(std::move(job), at);
}

void Fleet::tell(const Request& request, Nanoseconds at, RequestOutcome outcome) {
  deliveries_.push({{request.id, at, outcome, request.turn}});
}

void Fleet::give_up(const Job& job, RequestOutcome outcome, Nanoseconds at, std::uint32_t replica) {
  const Request& request = job.request;
  tallies_[request.slo_class].drop(request, outcome);
  tell(request, at, outcome);
  RequestTimes times;
  times.arrival = request.arrival;
  times.last = at;
  if (observer_ != nullptr) {
    observer_->ended({request, outcome, times, replica, replica, job.preemptions});
  }
}

void Fleet::deliver(const Done& done, std::uint32_t replica) {
  const Request& request = done.job.request;
  const bool was_handed = done.job.has_cache;
  RequestTimes times{request.arrival, done.scheduled, done.first, done.last, 0};
  if (was_handed) times.handed = done.submitted;
  tallies_[request.slo_class].deliver(request, times, spec_.classes[request.slo_class]);
  tell(request, done.last, RequestOutcome::Delivered);
  if (observer_ == nullptr) return;
  const std::uint32_t reader = was_handed ? done.job.reader : replica;
  observer_->ended({request, RequestOutcome::Delivered, times, replica, reader, done.preemptions});
}

void Fleet::refresh(std::uint32_t replica) {
  Unit& unit = *units_[replica];
  Pool& pool = pools_[unit.pool];
  events_.set(replica, unit.engine.next_event().value_or(LeastOf::kNever));
  const std::int64_t load = unit.engine.outstanding() + unit.incoming;
  router_of(pool.spec.role).set_load(replica, static_cast<double>(load) * pool.spec.weight);
  if (unit.state == State::Draining && load == 0) {
    pool.done.up += now_ - unit.since;
    turn_off(unit);
  }
}

void Fleet::turn_off(Unit& unit) {
  pools_[unit.pool].done.held += now_ - unit.taken;
  unit.state = State::Off;
  ++unit.life;
}

void Fleet::put_up(std::uint32_t replica, Nanoseconds at) {
  Unit& unit = *units_[replica];
  Pool& pool = pools_[unit.pool];
  unit.state = State::Up;
  unit.since = at;
  ++unit.life;
  ++pool.up;
  router_of(pool.spec.role).set_open(replica, true);
  if (pool.spec.between_failures > 0) {
    const double share = -std::log1p(-failures_[unit.pool].uniform());
    const double mean = static_cast<double>(pool.spec.between_failures);
    set_timer(at + 1 + std::llround(share * mean), Timer::Fail, replica, unit.life);
  }
  unstrand(at);
}

void Fleet::fail(std::uint32_t replica, Nanoseconds at) {
  Unit& unit = *units_[replica];
  Pool& pool = pools_[unit.pool];
  if (unit.state != State::Up && unit.state != State::Draining) return;
  now_ = std::max(now_, at);
  if (unit.state == State::Up) --pool.up;
  router_of(pool.spec.role).set_open(replica, false);
  ++pool.done.failures;
  pool.done.up += at - unit.since;
  unit.state = unit.state == State::Up ? State::Failed : State::FailedAsItDrained;
  ++unit.life;
  set_timer(at + pool.spec.repair, Timer::Start, replica, unit.life);
  std::vector<Job> jobs = unit.engine.fail(at);
  in_engines_ -= std::ssize(jobs);
  refresh(replica);
  for (Job& job : jobs) retry(std::move(job), at, replica);
}

void Fleet::scale(std::uint32_t number) {
  Pool& pool = pools_[number];
  std::int64_t load = std::ssize(stranded_);
  for (std::uint32_t i = pool.first; i < pool.first + pool.count; ++i) {
    load += units_[i]->engine.outstanding() + units_[i]->incoming;
  }
  const std::int64_t wanted = wanted_replicas(*pool.spec.scaling, load, pool.up + pool.starting);
  while (pool.up + pool.starting < wanted && start_one(pool)) {
  }
  while (pool.up + pool.starting > wanted && drain_one(pool)) {
  }
  set_timer(now_ + pool.spec.scaling->interval, Timer::Scale, number, 0);
}

// The first that is off; false where none is.
bool Fleet::start_one(Pool& pool) {
  for (std::uint32_t i = pool.first; i < pool.first + pool.count; ++i) {
    Unit& unit = *units_[i];
    if (unit.state != State::Off) continue;
    unit.state = State::Starting;
    unit.taken = now_;
    ++unit.life;
    ++pool.starting;
    ++pool.done.started;
    set_timer(now_ + pool.spec.scaling->provisioning, Timer::Start, i, unit.life);
    return true;
  }
  return false;
}

// The last that is up takes no more; false where none may.
bool Fleet::drain_one(Pool& pool) {
  for (std::uint32_t i = pool.first + pool.count; i-- > pool.first;) {
    Unit& unit = *units_[i];
    if (unit.state != State::Up) continue;
    unit.state = State::Draining;
    ++unit.life;
    --pool.up;
    ++pool.done.stopped;
    router_of(pool.spec.role).set_open(i, false);
    refresh(i);
    return true;
  }
  return false;
}

std::int64_t Fleet::outstanding() const {
  return in_engines_ + std::ssize(on_the_way_) + std::ssize(stranded_);
}

Tally Fleet::total() const {
  Tally sum;
  for (const Tally& each : tallies_) sum.merge(each);
  return sum;
}

PoolTally Fleet::pool(std::size_t index) const {
  const Pool& pool = pools_[index];
  PoolTally sum = pool.done;
  for (std::uint32_t i = pool.first; i < pool.first + pool.count; ++i) {
    const Unit& unit = *units_[i];
    sum.engines.add(unit.engine.counters());
    if (unit.state == State::Up || unit.state == State::Draining) sum.up += now_ - unit.since;
    if (unit.state != State::Off) sum.held += now_ - unit.taken;
  }
  return sum;
}

}  // namespace chokepoint
