#include "tools/graph/operator_costs.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace chokepoint {

OperatorCosts::OperatorCosts(const RankPlacement& placement, const RankGroups& groups, int ranks)
    : placement_(placement), congestion_(placement.congestion_of(ranks)) {
  std::vector<int> everybody(static_cast<std::size_t>(ranks));
  std::iota(everybody.begin(), everybody.end(), 0);
  all_ = {placement.fabric_of(everybody), static_cast<double>(ranks)};
  for (const auto& [name, members] : groups) {
    groups_[name] = {placement.fabric_of(members), static_cast<double>(members.size())};
  }
}

Seconds OperatorCosts::time(int rank, const Operator& one, bool as_recorded) const {
  if (as_recorded && one.recorded) return *one.recorded;
  switch (one.kind) {
    case OperatorKind::None:
      return {};
    case OperatorKind::Host:
      return one.recorded.value_or(Seconds{});
    case OperatorKind::Compute:
    case OperatorKind::Memory:
      return computing(rank, one);
    case OperatorKind::Collective:
      return collective(one);
    case OperatorKind::Send:
    case OperatorKind::Receive:
      return message(rank, one);
  }
  return {};
}

Seconds OperatorCosts::computing(int rank, const Operator& one) const {
  if (one.operations == Flops{} && one.bytes == Bytes{}) return one.recorded.value_or(Seconds{});
  const RankPool& pool = placement_.pool_of(rank);
  return Seconds{std::hypot((one.operations / (pool.products * one.rate_share)).value,
                            (one.bytes / pool.stream).value)};
}

const OperatorCosts::Group& OperatorCosts::group_of(const std::string& name) const {
  const auto found = groups_.find(name);
  return found == groups_.end() ? all_ : found->second;
}

Seconds OperatorCosts::collective(const Operator& one) const {
  const Group& group = group_of(one.group);
  if (group.ranks <= 1) return {};
  const bool is_inside = group.fabric.inner_ranks >= group.ranks;
  Hierarchy fabric = group.fabric;
  if (one.collective != ExchangeKind::AllToAll) {
    fabric.outer.bandwidth = fabric.outer.bandwidth / congestion_;
  }
  const Fabric& widest = is_inside ? fabric.inner : fabric.outer;
  // One ring through all, whose ranks in a server share what crosses its border.
  Fabric ring = widest;
  if (!is_inside) {
    ring.bandwidth = std::min(ring.bandwidth * fabric.inner_ranks, fabric.inner.bandwidth);
  }
  const Exchange own{group.ranks, one.bytes}, joined{group.ranks, one.bytes * group.ranks};
  switch (one.collective) {
    case ExchangeKind::AllReduce:
      return is_inside ? all_reduce(fabric, own)
                       : std::min(all_reduce(fabric, own), all_gather(ring, own) * 2.0);
    case ExchangeKind::AllGather:
      return all_gather(ring, joined);
    case ExchangeKind::ReduceScatter:
      return all_gather(ring, own);
    case ExchangeKind::AllToAll:
      return all_to_all(fabric, own, one.bytes);
    case ExchangeKind::Broadcast:
    case ExchangeKind::Reduce:
      return broadcast(widest, own);
    case ExchangeKind::Gather:
      return all_gather(widest, joined);
    case ExchangeKind::Scatter:
      return all_gather(widest, own);
    case ExchangeKind::Barrier:
      return broadcast(widest, {group.ranks, Bytes{}});
  }
  return {};
}

Seconds OperatorCosts::message(int rank, const Operator& one) const {
  if (one.peer == rank) return {};
  const Hierarchy fabric = placement_.fabric_of({rank, one.peer});
  return point_to_point(fabric.inner_ranks >= 2 ? fabric.inner : fabric.outer, one.bytes);
}

}  // namespace chokepoint
