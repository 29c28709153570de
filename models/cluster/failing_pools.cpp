#include "models/cluster/failing_pools.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "models/cluster/played_pools.hpp"

namespace chokepoint {
namespace {

constexpr double kSecondsOfMillisecond = 1e-3;

// The first whole millisecond not before a time; kNoMoment where it never comes.
Milliseconds moment_of(double time) {
  return time < static_cast<double>(kNoMoment) ? static_cast<Milliseconds>(std::ceil(time))
                                               : kNoMoment;
}

}  // namespace

FailingPools::FailingPools(const std::vector<JobPool>& pools, std::size_t jobs,
                           const QueueSettings& settings, Milliseconds begins)
    : settings_(settings), running_(pools.size()), holders_(pools.size()), place_of_(jobs) {
  for (std::size_t p = 0; p < pools.size(); ++p) {
    const std::string name = std::to_string(p);
    nodes_.emplace_back(settings.failures[p], pools[p].nodes, settings.failure_seed, name,
                        static_cast<double>(begins));
    stops_.emplace_back(settings.failure_seed, "failures/jobs/" + name);
    until_stop_.push_back(stops_.back().exponential());
    holders_[p].resize(static_cast<std::size_t>(pools[p].nodes));
  }
}

void FailingPools::take(std::uint32_t job, std::uint32_t pool,
                        const std::vector<NodeShare>& shares) {
  for (const NodeShare& share : shares) {
    auto& of_node = holders_[pool][static_cast<std::size_t>(share.node)];
    if (of_node.empty() || of_node.back() != job) of_node.push_back(job);
  }
  place_of_[job] = static_cast<std::uint32_t>(running_[pool].size());
  running_[pool].push_back(job);
}

void FailingPools::give(std::uint32_t job, std::uint32_t pool,
                        const std::vector<NodeShare>& shares) {
  for (const NodeShare& share : shares) {
    std::erase(holders_[pool][static_cast<std::size_t>(share.node)], job);
  }
  auto& running = running_[pool];
  const std::uint32_t last = running.back();
  running[place_of_[job]] = last;
  place_of_[last] = place_of_[job];
  running.pop_back();
}

void FailingPools::pass(Milliseconds time) {
  for (std::size_t p = 0; p < running_.size(); ++p) {
    until_stop_[p] -= settings_.failures[p].of_job.value * kSecondsOfMillisecond *
                      static_cast<double>(time) * static_cast<double>(running_[p].size());
  }
}

Milliseconds FailingPools::next_stop(std::uint32_t pool, Milliseconds now) const {
  const double rate = settings_.failures[pool].of_job.value * kSecondsOfMillisecond *
                      static_cast<double>(running_[pool].size());
  if (rate <= 0) return kNoMoment;
  const double left = std::max(until_stop_[pool], 0.0) / rate;
  return left < static_cast<double>(kNoMoment - now) ? now + moment_of(left) : kNoMoment;
}

Milliseconds FailingPools::next(Milliseconds now) const {
  Milliseconds first = returns_.empty() ? kNoMoment : std::get<0>(returns_.top());
  for (std::uint32_t p = 0; p < nodes_.size(); ++p) {
    first = std::min({first, moment_of(nodes_[p].next()), next_stop(p, now)});
  }
  return first;
}

std::vector<FailedNode> FailingPools::returned(Milliseconds now) {
  std::vector<FailedNode> nodes;
  for (; !returns_.empty() && std::get<0>(returns_.top()) <= now; returns_.pop()) {
    const auto [back, pool, node] = returns_.top();
    nodes_[pool].back(node, static_cast<double>(now));
    nodes.push_back({pool, node, back, {}, false});
  }
  return nodes;
}

std::vector<FailedNode> FailingPools::failed(Milliseconds now) {
  std::vector<FailedNode> nodes;
  for (std::uint32_t p = 0; p < nodes_.size(); ++p) {
    while (moment_of(nodes_[p].next()) <= now) {
      const NodeFailure failure = nodes_[p].fail();
      // At least a moment: what fails is never there at the moment at which it fails.
      const auto draw = [&] {
        return std::max<Milliseconds>(1, moment_of(nodes_[p].draw_down_time(failure)));
      };
      const Milliseconds of_switch = failure.is_switch ? draw() : 0;
      for (const int node : failure.nodes) {
        const Milliseconds down = failure.is_switch ? of_switch : draw();
        returns_.push({now + down, p, node});
        nodes.push_back({p, node, now + down, failure.cause, failure.is_broken});
      }
    }
  }
  return nodes;
}

std::optional<std::uint32_t> FailingPools::stopped(Milliseconds now) {
  for (std::uint32_t p = 0; p < running_.size(); ++p) {
    if (next_stop(p, now) > now) continue;
    until_stop_[p] = stops_[p].exponential();
    const double place = stops_[p].uniform() * static_cast<double>(running_[p].size());
    return running_[p][static_cast<std::size_t>(place)];
  }
  return std::nullopt;
}

}  // namespace chokepoint
