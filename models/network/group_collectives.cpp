#include "models/network/group_collectives.hpp"

#include <algorithm>
#include <cassert>
#include <iterator>

namespace chokepoint {
namespace {

constexpr std::string_view kCollectiveNames[] = {"all-reduce", "reduce-scatter", "all-gather",
                                                 "all-to-all", "broadcast",      "point-to-point"};
static_assert(std::size(kCollectiveNames) == std::size(kCollectiveKinds));

Seconds single_message(const Fabric& fabric, const Exchange& exchange) {
  return point_to_point(fabric, exchange.bytes);
}

}  // namespace

struct GroupCollectives::Part {
  std::string_view name;
  TrafficShape shape;
  Seconds (*form)(const Fabric&, const Exchange&);
  Exchange exchange;
};

std::string_view name_of(CollectiveKind kind) {
  return kCollectiveNames[static_cast<std::size_t>(kind)];
}

std::optional<CollectiveKind> collective_named(std::string_view name) {
  for (const CollectiveKind kind : kCollectiveKinds) {
    if (name_of(kind) == name) return kind;
  }
  return std::nullopt;
}

BytesPerSecond bus_bandwidth(CollectiveKind kind, const Exchange& exchange, Seconds time) {
  const BytesPerSecond all = exchange.bytes / time;
  const double others = (exchange.ranks - 1.0) / exchange.ranks;
  switch (kind) {
    case CollectiveKind::AllReduce:
      return all * (2.0 * others);
    case CollectiveKind::ReduceScatter:
    case CollectiveKind::AllGather:
    case CollectiveKind::AllToAll:
      return all * others;
    case CollectiveKind::Broadcast:
    case CollectiveKind::PointToPoint:
      return all;
  }
  return all;
}

std::vector<GroupCollectives::Parts> GroupCollectives::all_reduces(Bytes bytes) const {
  const double inner = group_.inner, outer = group_.domains();
  const Exchange inside{inner, bytes}, between{outer, bytes / inner};
  using enum TrafficShape;
  if (outer == 1) {
    return {{{"all-reduce, one-shot", InnerPairs, one_shot_all_reduce, inside}},
            {{"all-reduce, two-shot", InnerPairs, two_shot_all_reduce, inside}}};
  }
  const Part before{"reduce-scatter inside", InnerPairs, reduce_scatter, inside};
  const Part after{"all-gather inside", InnerPairs, all_gather, inside};
  return {
      {before, {"all-reduce across, ring", Ring, ring_all_reduce, between}, after},
      {before, {"all-reduce across, trees", DoubleTree, tree_all_reduce, between}, after},
      {before, {"all-reduce across, one-shot", OuterPairs, one_shot_all_reduce, between}, after},
      {before, {"all-reduce across, two-shot", OuterPairs, two_shot_all_reduce, between}, after}};
}

std::vector<GroupCollectives::Parts> GroupCollectives::broadcasts(Bytes bytes) const {
  const double inner = group_.inner, outer = group_.domains();
  const Exchange inside{inner, bytes};
  using enum TrafficShape;
  const Part scatter{"scatter inside", InnerScatter, reduce_scatter, inside};
  const Part gather{"all-gather inside", InnerPairs, all_gather, inside};
  if (outer == 1) {
    return {{{"broadcast, trees", InnerTree, broadcast, inside}}, {scatter, gather}};
  }
  return {
      {scatter, {"broadcast across, trees", DownTree, broadcast, {outer, bytes / inner}}, gather}};
}

std::vector<GroupCollectives::Parts> GroupCollectives::choices(CollectiveKind kind,
                                                               Bytes bytes) const {
  const double inner = group_.inner, outer = group_.domains();
  const Exchange inside{inner, bytes}, between{outer, bytes / inner};
  using enum TrafficShape;
  switch (kind) {
    case CollectiveKind::AllReduce:
      return all_reduces(bytes);
    case CollectiveKind::ReduceScatter:
      return {{{"reduce-scatter inside", InnerPairs, reduce_scatter, inside},
               {"reduce-scatter across", Ring, reduce_scatter, between}}};
    case CollectiveKind::AllGather:
      return {{{"all-gather across", Ring, all_gather, between},
               {"all-gather inside", InnerPairs, all_gather, inside}}};
    case CollectiveKind::AllToAll:
      return {{{"all-to-all across", OuterPairs, all_to_all, {outer, bytes}},
               {"all-to-all inside", InnerPairs, all_to_all, inside}}};
    case CollectiveKind::Broadcast:
      return broadcasts(bytes);
    case CollectiveKind::PointToPoint:
      return {{{"message", Single, single_message, {2, bytes}}}};
  }
  return {};
}

const GroupTraffic& GroupCollectives::traffic(TrafficShape shape) {
  const auto known = traffic_.find(shape);
  if (known != traffic_.end()) return known->second;
  return traffic_.emplace(shape, group_traffic(network_, group_, shape)).first->second;
}

CollectiveStage GroupCollectives::stage_of(const Part& part) {
  const GroupTraffic& known = traffic(part.shape);
  const Seconds wait = part.form(known.fabric, {part.exchange.ranks, Bytes{}});
  const Seconds time = part.form(known.fabric, part.exchange);
  return {part.name, part.shape, wait, (time - wait) * known.fabric.bandwidth, time, &known};
}

CollectivePlan GroupCollectives::plan(CollectiveKind kind, Bytes bytes) {
  assert(group_.devices.size() >= 2 && bytes >= Bytes{});
  std::optional<CollectivePlan> best;
  for (const Parts& parts : choices(kind, bytes)) {
    CollectivePlan plan;
    for (const Part& part : parts) {
      if (part.exchange.ranks == 1.0) continue;  // Nobody to wait for.
      plan.stages.push_back(stage_of(part));
      plan.time += plan.stages.back().time;
    }
    if (!best || plan.time < best->time) best = std::move(plan);
  }
  return *best;
}

}  // namespace chokepoint
