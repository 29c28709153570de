#include "sim/trace/tracks.hpp"

#include <algorithm>
#include <cassert>
#include <map>
#include <type_traits>

#include "models/fingerprint.hpp"

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
}

std::uint64_t Tracks::of(const TraceEvent& event) {
  return std::visit(
      [this](const auto& fact) -> Uuid {
        using Event = std::decay_t<decltype(fact)>;
        if constexpr (std::is_same_v<Event, RunEnded>) {
          return run_;
        } else if constexpr (std::is_same_v<Event, CounterSampled>) {
          return of_sample(fact);
        } else if constexpr (requires { fact.order; }) {
          return orders_[fact.order.value];
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

Tracks::Uuid Tracks::add(const std::string& path, Uuid parent, const std::string& name,
                         std::string_view unit) {
  const Uuid uuid = fingerprint(path);
  all_.push_back({uuid, parent, name, std::string(unit)});
  return uuid;
}

std::vector<Tracks::Uuid> Tracks::add_counters(const std::string& path, Uuid parent,
                                               CounterSubject subject) {
  std::vector<Uuid> uuids(kCounters.size(), 0);
  for (const Counter counter : kCounters) {
    if (counter_subject(counter) != subject) continue;
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
    counters_[static_cast<std::size_t>(CounterSubject::Site)].push_back(
        add_counters(path, site, CounterSubject::Site));
    for (const Pool& pool : world.pools) {
      if (pool.site != SiteId{i}) continue;
      pool_paths_.push_back("site/" + pool.name);
      pools_.push_back(add(pool_paths_.back(), site, pool.name));
      counters_[static_cast<std::size_t>(CounterSubject::Pool)].push_back(
          add_counters(pool_paths_.back(), pools_.back(), CounterSubject::Pool));
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
      seats_of_job.seats.push_back({pool, track, add_counters(path, track, CounterSubject::Job)});
    }
    assert(!seats_of_job.seats.empty());
  }
}

void Tracks::add_services(const World& world) {
  for (const InferenceService& service : world.services) {
    const std::string path = "service/" + service.name;
    services_.push_back(add(path, 0, "service " + service.name));
    counters_[static_cast<std::size_t>(CounterSubject::Service)].push_back(
        add_counters(path, services_.back(), CounterSubject::Service));
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
