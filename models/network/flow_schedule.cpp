#include "models/network/flow_schedule.hpp"

#include <cassert>
#include <numeric>
#include <set>
#include <unordered_map>
#include <utility>

namespace chokepoint {
namespace {

constexpr std::uint32_t kNobody = ~0U;

using Routes = std::vector<std::vector<Lane>>;  // By flow.

Routes routes_of(const NetworkGraph& graph, const FlowPhase& phase) {
  Routes routes;
  for (const DeviceFlow& flow : phase.flows) {
    auto route = graph.route(flow.from, flow.to);
    assert(route);
    routes.push_back(std::move(*route));
  }
  return routes;
}

// By lane, which job uses it; `kShared` where several do.
class LaneUsers {
public:
  explicit LaneUsers(std::size_t lanes) : users_(lanes, kNobody) {}

  void add(const Routes& routes, std::uint32_t job) {
    for (const auto& route : routes) {
      for (const Lane lane : route) {
        std::uint32_t& user = users_[lane];
        user = user == kNobody || user == job ? job : kShared;
      }
    }
  }
  bool is_shared(Lane lane) const { return users_[lane] == kShared; }

private:
  static constexpr std::uint32_t kShared = kNobody - 1;
  std::vector<std::uint32_t> users_;
};

// Flows of one phase, joined where they share a lane.
class PhaseParts {
public:
  PhaseParts(const Routes& routes, std::size_t lanes) : above_(routes.size()) {
    std::iota(above_.begin(), above_.end(), 0U);
    std::vector<std::uint32_t> first(lanes, kNobody);
    for (std::uint32_t flow = 0; flow < routes.size(); ++flow) {
      for (const Lane lane : routes[flow]) {
        if (first[lane] == kNobody) first[lane] = flow;
        above_[top(flow)] = top(first[lane]);
      }
    }
  }

  // By part, its flows in order; parts in order of their first flows.
  std::vector<std::vector<std::uint32_t>> parts() {
    std::vector<std::uint32_t> number(above_.size(), kNobody);
    std::vector<std::vector<std::uint32_t>> made;
    for (std::uint32_t flow = 0; flow < above_.size(); ++flow) {
      std::uint32_t& part = number[top(flow)];
      if (part == kNobody) {
        part = static_cast<std::uint32_t>(made.size());
        made.emplace_back();
      }
      made[part].push_back(flow);
    }
    return made;
  }

private:
  std::uint32_t top(std::uint32_t flow) {
    while (above_[flow] != flow) flow = above_[flow] = above_[above_[flow]];
    return flow;
  }

  std::vector<std::uint32_t> above_;
};

// What a part is but for the names of its links: bytes of each flow, then its lanes, numbered in
// order of appearance, with their bandwidths.
using Likeness = std::vector<double>;

Likeness likeness_of(const NetworkGraph& graph, const FlowPhase& phase, const Routes& routes,
                     const std::vector<std::uint32_t>& part) {
  Likeness made;
  std::unordered_map<Lane, double> numbers;  // Looked up, never walked through.
  for (const std::uint32_t flow : part) {
    made.push_back(phase.flows[flow].bytes.value);
    made.push_back(static_cast<double>(routes[flow].size()));
    for (const Lane lane : routes[flow]) {
      made.push_back(numbers.emplace(lane, static_cast<double>(numbers.size())).first->second);
      made.push_back(graph.link(lane).bandwidth.value);
    }
  }
  return made;
}

FlowPhase lessened(const NetworkGraph& graph, const FlowPhase& phase, const Routes& routes,
                   const LaneUsers& users) {
  std::set<Likeness> seen;
  FlowPhase left{phase.wait, {}};
  for (const auto& part : PhaseParts(routes, graph.lanes()).parts()) {
    bool meets_others = false;
    for (const std::uint32_t flow : part) {
      for (const Lane lane : routes[flow]) meets_others = meets_others || users.is_shared(lane);
    }
    if (!meets_others && !seen.insert(likeness_of(graph, phase, routes, part)).second) {
      continue;
    }
    for (const std::uint32_t flow : part) left.flows.push_back(phase.flows[flow]);
  }
  return left;
}

}  // namespace

FlowSchedule flows_of(const CollectivePlan& plan) {
  FlowSchedule schedule;
  for (const CollectiveStage& stage : plan.stages) {
    FlowPhase phase{stage.wait, {}};
    for (const Traffic& each : stage.traffic->traffic) {
      phase.flows.push_back({each.from, each.to, stage.sent * each.share});
    }
    schedule.push_back(std::move(phase));
  }
  return schedule;
}

FlowSchedule ring_steps(const std::vector<std::uint32_t>& ranks, Bytes bytes, Seconds hop) {
  assert(ranks.size() >= 2);
  FlowPhase step{hop, {}};
  for (std::size_t i = 0; i < ranks.size(); ++i) {
    step.flows.push_back(
        {ranks[i], ranks[(i + 1) % ranks.size()], bytes / static_cast<double>(ranks.size())});
  }
  return FlowSchedule(2 * (ranks.size() - 1), step);
}

std::vector<FlowSchedule> without_twins(const NetworkGraph& graph,
                                        const std::vector<FlowSchedule>& jobs) {
  LaneUsers users(graph.lanes());
  std::vector<std::vector<Routes>> routes(jobs.size());  // By job and phase.
  for (std::uint32_t job = 0; job < jobs.size(); ++job) {
    for (const FlowPhase& phase : jobs[job]) {
      routes[job].push_back(routes_of(graph, phase));
      users.add(routes[job].back(), job);
    }
  }
  std::vector<FlowSchedule> left(jobs.size());
  for (std::size_t job = 0; job < jobs.size(); ++job) {
    for (std::size_t i = 0; i < jobs[job].size(); ++i) {
      left[job].push_back(lessened(graph, jobs[job][i], routes[job][i], users));
    }
  }
  return left;
}

}  // namespace chokepoint
