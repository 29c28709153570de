#include "sim/trace/tracks.hpp"

#include <algorithm>
#include <cassert>
#include <map>
#include <type_traits>

#include "models/fingerprint.hpp"
#include "models/training/run/placed_run.hpp"

namespace chokepoint {

Tracks::Tracks(const World& world) {
  run_ = add("run", 0, "run");
  add_governments(world);
  add_supplies(world);
  add_orders(world);
  add_sites(world);
  add_jobs(world);
  add_services(world);
  add_stacks(world);
  for (const ServedPool& pool : world.served.pools) serving_pools_.push_back(pool.name);
}

std::uint64_t Tracks::of(const TraceEvent& event) {
  return std::visit(
      [this](const auto& fact) -> Uuid {
        using Event = std::decay_t<decltype(fact)>;
        if constexpr (std::is_same_v<Event, RunEnded>) {
          return run_;
        } else if constexpr (std::is_same_v<Event, CounterSampled>) {
          return of_sample(fact);
        } else if constexpr (std::is_same_v<Event, PhaseBegan> ||
                             std::is_same_v<Event, PhaseEnded>) {
          return lane(fact);
        } else if constexpr (std::is_same_v<Event, ReplicaSampled>) {
          return replica(fact.pool, fact.replica).gauges[static_cast<std::size_t>(fact.gauge)];
        } else if constexpr (std::is_same_v<Event, NodeHeld> || std::is_same_v<Event, NodeLeft>) {
          return seat_in(fact);
        } else if constexpr (requires { fact.node; }) {
          return node(fact.pool, fact.node).lanes.front();
        } else if constexpr (requires { fact.rank; }) {
          return of_rank(fact);
        } else if constexpr (requires { fact.replica; }) {
          return replica(fact.pool, fact.replica).track;
        } else if constexpr (requires { fact.order; }) {
          return orders_[fact.order.value];
        } else if constexpr (requires { fact.site; }) {
          return sites_[fact.site.value];
        } else if constexpr (requires { fact.supply; }) {
          return supplies_[fact.supply.value];
        } else if constexpr (requires { fact.exception; }) {
          return exceptions_[fact.exception.value];
        } else if constexpr (requires { fact.service; }) {
          return services_[fact.service.value];
        } else if constexpr (requires { fact.job; }) {
          if constexpr (std::is_same_v<Event, JobPlaced>) place(fact.job, fact.pool);
          return seat_of(fact.job).track;
        } else {
          static_assert(
              requires { fact.rule; }, "say beside what this fact is drawn");
          return rules_[fact.rule.value];
        }
      },
      event);
}

Tracks::Uuid Tracks::of_sample(const CounterSampled& sample) const {
  const auto counter = static_cast<std::size_t>(sample.counter);
  const CounterSubject subject = counter_subject(sample.counter);
  if (subject == CounterSubject::Job) return seat_of(JobId{sample.index}).counters[counter];
  const auto& of_subject = counters_[static_cast<std::size_t>(subject)];
  assert(sample.index < of_subject.size());
  return of_subject[sample.index][counter];
}

void Tracks::place(JobId job, PoolId pool) {
  auto& [seats, current] = jobs_[job.value];
  const auto seat = std::ranges::find(seats, pool, &Seat::pool);
  assert(seat != seats.end());
  current = static_cast<std::size_t>(seat - seats.begin());
}

const Tracks::Seat& Tracks::seat_of(JobId job) const {
  const Job& found = jobs_[job.value];
  return found.seats[found.current];
}

Tracks::Rank& Tracks::rank(JobId job, int number) {
  const auto [found, is_new] = ranks_.try_emplace({job, number});
  if (is_new) {
    const Seat& seat = seat_of(job);
    const std::string text = std::to_string(number);
    found->second.track = add(seat.path + "/rank " + text, seat.track, "rank " + text);
  }
  return found->second;
}

template <class Event>
Tracks::Uuid Tracks::of_rank(const Event& event) {
  Rank& of = rank(event.job, event.rank);
  if constexpr (requires { event.is_hidden; }) {
    if (!event.is_hidden) return of.track;
    Uuid& beside = of.beside[static_cast<std::size_t>(event.group)];
    if (beside == 0) {
      const std::string group(name(event.group));
      beside =
          add(seat_of(event.job).path + "/rank " + std::to_string(event.rank) + "/beside " + group,
              of.track, group + " beside computing");
    }
    return beside;
  }
  return of.track;
}

Tracks::Node& Tracks::node(PoolId pool, int number) {
  const auto [found, is_new] = nodes_.try_emplace({pool, number});
  if (is_new) {
    const std::string name = "node " + std::to_string(number);
    found->second.lanes.push_back(
        add(pool_paths_[pool.value] + "/" + name, pools_[pool.value], name));
    found->second.free.insert(0);
  }
  return found->second;
}

Tracks::Uuid Tracks::seat_in(const NodeHeld& event) {
  Node& at = node(event.pool, event.node);
  const auto [found, is_new] = at.of_gang.try_emplace(std::string(event.gang), at.lanes.size());
  if (!is_new) return at.lanes[found->second];
  if (at.free.empty()) {
    const std::string number = std::to_string(at.lanes.size());
    at.lanes.push_back(add(
        pool_paths_[event.pool.value] + "/node " + std::to_string(event.node) + "/lane " + number,
        at.lanes.front(), "lane " + number));
  } else {
    found->second = *at.free.begin();
    at.free.erase(at.free.begin());
  }
  return at.lanes[found->second];
}

Tracks::Uuid Tracks::seat_in(const NodeLeft& event) {
  Node& at = node(event.pool, event.node);
  const auto found = at.of_gang.find(std::string(event.gang));
  if (found == at.of_gang.end()) return at.lanes.front();
  const std::size_t lane = found->second;
  at.of_gang.erase(found);
  at.free.insert(lane);
  return at.lanes[lane];
}

Tracks::Replica& Tracks::replica(ServingPoolId pool, int number) {
  const auto [found, is_new] = replicas_.try_emplace({pool, number});
  Replica& replica = found->second;
  if (!is_new) return replica;
  const std::string path = "fleet/" + serving_pools_[pool.value];
  if (fleet_ == 0) fleet_ = add("fleet", 0, "fleet");
  const auto [of_pool, is_new_pool] = fleet_pools_.try_emplace(pool, 0);
  if (is_new_pool) of_pool->second = add(path, fleet_, serving_pools_[pool.value]);
  const std::string name = std::to_string(number);
  replica.track = add(path + "/" + name, of_pool->second, "replica " + name);
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kGauges = {
      {{"queue", "requests"}, {"batch", "requests"}, {"kv", "share"}}};
  for (std::size_t i = 0; i < kGauges.size(); ++i) {
    const auto& [gauge, unit] = kGauges[i];
    std::string place = path;
    place.append("/").append(name).append("/counter ").append(gauge);
    replica.gauges[i] = add(place, replica.track, std::string(gauge), unit);
  }
  return replica;
}

Tracks::Uuid Tracks::lane(const PhaseBegan& event) {
  Replica& at = replica(event.pool, event.replica);
  const auto [found, is_new] = at.of_request.try_emplace(event.request, at.lanes.size());
  if (!is_new) return at.lanes[found->second];
  if (!at.free.empty()) {
    found->second = *at.free.begin();
    at.free.erase(at.free.begin());
    return at.lanes[found->second];
  }
  const std::string number = std::to_string(at.lanes.size());
  at.lanes.push_back(add("fleet/" + serving_pools_[event.pool.value] + "/" +
                             std::to_string(event.replica) + "/lane " + number,
                         at.track, "lane " + number));
  return at.lanes.back();
}

Tracks::Uuid Tracks::lane(const PhaseEnded& event) {
  Replica& at = replica(event.pool, event.replica);
  const auto found = at.of_request.find(event.request);
  if (found == at.of_request.end()) return at.track;
  const std::size_t lane = found->second;
  if (event.leaves) {
    at.of_request.erase(found);
    at.free.insert(lane);
  }
  return at.lanes[lane];
}

Tracks::Uuid Tracks::add(const std::string& path, Uuid parent, const std::string& name,
                         std::string_view unit) {
  const Uuid uuid = fingerprint(path);
  all_.push_back({uuid, parent, name, std::string(unit)});
  return uuid;
}

std::vector<Tracks::Uuid> Tracks::add_counters(const std::string& path, Uuid parent,
                                               CounterSubject subject,
                                               std::initializer_list<Counter> but_for) {
  std::vector<Uuid> uuids(kCounters.size(), 0);
  for (const Counter counter : kCounters) {
    if (counter_subject(counter) != subject) continue;
    if (std::ranges::find(but_for, counter) != but_for.end()) continue;
    const std::string name(counter_name(counter));
    std::string place = path;
    place.append("/counter ").append(name);
    uuids[static_cast<std::size_t>(counter)] = add(place, parent, name, counter_unit(counter));
  }
  return uuids;
}

void Tracks::add_governments(const World& world) {
  std::map<Country, Uuid> governments;
  for (const Rule& rule : world.regime.rules) {
    const std::string path = "government/" + rule.government.text();
    const auto [government, is_new] = governments.try_emplace(rule.government, 0);
    if (is_new) government->second = add(path, 0, "government " + rule.government.text());
    rules_.push_back(add(path + "/rule " + rule.name, government->second, rule.name));
  }
  for (const Exception& exception : world.regime.exceptions) {
    const RuleId softened = exception.rules[0];
    const Rule& rule = world.regime.rules[softened.value];
    exceptions_.push_back(
        add("government/" + rule.government.text() + "/exception " + exception.name,
            rules_[softened.value], "exception " + exception.name));
  }
}

void Tracks::add_supplies(const World& world) {
  if (world.supplies.empty()) return;
  const Uuid supply = add("supply", 0, "supply");
  for (const SupplyLine& line : world.supplies) {
    const std::string path = "supply/" + line.name;
    const Uuid track = add(path, supply, line.name);
    supplies_.push_back(track);
    counters_[static_cast<std::size_t>(CounterSubject::Supply)].push_back(
        add_counters(path, track, CounterSubject::Supply));
  }
}

void Tracks::add_orders(const World& world) {
  if (world.orders.empty()) return;
  const Uuid market = add("market", 0, "market");
  for (const Order& order : world.orders) {
    const std::string& buyer = world.orgs[order.buyer.value].name;
    orders_.push_back(add("market/" + order.name, market, order.name + " (" + buyer + ")"));
  }
}

void Tracks::add_sites(const World& world) {
  for (std::uint32_t i = 0; i < world.sites.size(); ++i) {
    const std::string path = "site/" + world.sites[i].name;
    const Uuid site = add(path, 0, "site " + world.sites[i].name);
    sites_.push_back(site);
    counters_[static_cast<std::size_t>(CounterSubject::Site)].push_back(
        world.sites[i].costs
            ? add_counters(path, site, CounterSubject::Site)
            : add_counters(path, site, CounterSubject::Site,
                           {Counter::CostOfServing, Counter::CostOfTraining, Counter::CostOfIdle,
                            Counter::TokensServedThere, Counter::TrainingFlopsThere}));
    for (const Pool& pool : world.pools) {
      if (pool.site != SiteId{i}) continue;
      pool_paths_.push_back("site/" + pool.name);
      const bool lends = world.lending_of(PoolId{static_cast<std::uint32_t>(pools_.size())});
      pools_.push_back(add(pool_paths_.back(), site, pool.name));
      counters_[static_cast<std::size_t>(CounterSubject::Pool)].push_back(
          lends ? add_counters(pool_paths_.back(), pools_.back(), CounterSubject::Pool)
                : add_counters(
                      pool_paths_.back(), pools_.back(), CounterSubject::Pool,
                      {Counter::LentNodeHours, Counter::LentFlops, Counter::GangsTakenBack}));
    }
  }
  assert(pools_.size() == world.pools.size());  // Pools come in the order of sites.
}

void Tracks::add_jobs(const World& world) {
  for (const TrainingJob& job : world.training_jobs) {
    Job& seats_of_job = jobs_.emplace_back();
    for (const PoolId pool : job.pools) {
      const std::string path = pool_paths_[pool.value] + "/job " + job.name;
      const Uuid track = add(path, pools_[pool.value], "job " + job.name);
      seats_of_job.seats.push_back(
          {pool, path, track,
           may_stop(world, job, pool)
               ? add_counters(path, track, CounterSubject::Job)
               : add_counters(path, track, CounterSubject::Job, {Counter::TrainingGoodput})});
    }
    assert(!seats_of_job.seats.empty());
  }
}

void Tracks::add_services(const World& world) {
  for (const InferenceService& service : world.services) {
    const std::string path = "service/" + service.name;
    services_.push_back(add(path, 0, "service " + service.name));
    counters_[static_cast<std::size_t>(CounterSubject::Service)].push_back(
        world.lends(ServiceId{static_cast<std::uint32_t>(services_.size() - 1)})
            ? add_counters(path, services_.back(), CounterSubject::Service)
            : add_counters(path, services_.back(), CounterSubject::Service,
                           {Counter::UnmetInReturn}));
  }
}

void Tracks::add_stacks(const World& world) {
  if (world.stack_histories.empty()) return;  // They do not change, and nobody samples them.
  counters_[static_cast<std::size_t>(CounterSubject::Run)].push_back(
      add_counters("run", run_, CounterSubject::Run));
  for (const StackSpec& stack : world.stacks) {
    const std::string path = "stack/" + stack.name;
    counters_[static_cast<std::size_t>(CounterSubject::Stack)].push_back(
        add_counters(path, add(path, 0, "stack " + stack.name), CounterSubject::Stack));
  }
}

}  // namespace chokepoint
