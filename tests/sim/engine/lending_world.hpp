#pragma once

#include <string>
#include <vector>

#include "tests/sim/engine/in_child.hpp"
#include "tests/sim/engine/small_world.hpp"

namespace chokepoint {

/// A pool of some nodes, of which a service has so many; demand by hours of what all of these
/// serve.
struct LendingCase {
  int nodes = 24, of_service = 12;
  std::vector<double> demand;  ///< Of each window.
  double hours = 1.0;          ///< Of a window.
  std::vector<int> gangs;      ///< Nodes of each job.
  double days_of_work = 1.0;   ///< Of each job, alone.
  double spare = 0.0, minutes = 0.0;
  double checkpoint_gb_s = 1e3;
};

/// Tokens per second of the service on all of its nodes.
inline double full_rate(const LendingCase& one);

/// Its share is reserved. Requires: as below.
inline World reserving_world(const LendingCase& one, double tokens_per_s) {
  World world = small_world();
  world.orders.clear();
  world.stocks = {small_stock(8.0 * one.nodes)};
  InferenceService service;
  service.name = "service";
  service.owner = kBuyer;
  service.transformer = TransformerId{0};
  service.request = {Tokens{1'000.0}, Tokens{500.0}, {Seconds{0.05}, {}}};
  const double share = double(one.of_service) / one.nodes;
  service.shares = {{kForeignPool, share}};
  const Seconds length = one.hours * 1_hours;
  for (const double part : one.demand) {
    service.windows.push_back({length, TokensPerSecond{part * tokens_per_s} * length});
  }
  world.services = {service};
  world.pools[0].serving_share = share;
  for (std::size_t i = 0; i < one.gangs.size(); ++i) {
    const double devices = 8.0 * one.gangs[i];
    TrainingJob job = small_job(one.days_of_work * 86'400.0 * 1'000.0 * devices, int(devices));
    job.name = "job" + std::to_string(i);
    job.owner = kBuyer;
    world.training_jobs.push_back(job);
  }
  const double hours = one.hours * double(one.demand.size());
  world.end = world.start + std::chrono::seconds(std::llround(hours * 3'600.0));
  world.sample_period = 1_hours;
  return world;
}

/// The same, and what the service does not need is lent.
inline World lending_world(const LendingCase& one, double tokens_per_s) {
  World world = reserving_world(one, tokens_per_s);
  LendingTerms terms;
  terms.spare_share.value = one.spare;
  terms.return_delay.value = one.minutes * Seconds{60.0};
  terms.checkpoint_writes.value = BytesPerSecond{one.checkpoint_gb_s * 1e9};
  world.services[0].shares[0].lending = terms;
  return world;
}

inline double full_rate(const LendingCase& one) {
  LendingCase idle = one;
  idle.demand = {0.0};
  const auto windows = only<WindowServed>(facts_of(reserving_world(idle, 1.0)));
  return windows.at(0).capacity / windows.at(0).length / TokensPerSecond{1.0};
}

/// Last samples of a counter, summed.
inline double last_of(const std::vector<TraceEvent>& facts, Counter counter) {
  double last = 0.0;
  for (const auto& sample : only<CounterSampled>(facts)) {
    if (sample.counter == counter && sample.index == 0) last = sample.value;
  }
  return last;
}

inline double served(const std::vector<TraceEvent>& facts) {
  double tokens = 0.0;
  for (const auto& window : only<WindowServed>(facts)) tokens += window.served.value;
  return tokens;
}

inline double unmet(const std::vector<TraceEvent>& facts) {
  double tokens = 0.0;
  for (const auto& window : only<WindowServed>(facts)) tokens += window.unmet.value;
  return tokens;
}

/// Tokens that each job has trained at the end.
inline std::vector<double> trained(const std::vector<TraceEvent>& facts, std::size_t jobs) {
  std::vector<double> tokens(jobs, 0.0);
  for (const auto& sample : only<CounterSampled>(facts)) {
    if (sample.counter == Counter::TrainingTokens) tokens.at(sample.index) = sample.value;
  }
  return tokens;
}

}  // namespace chokepoint
