#include "models/network/collectives.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace chokepoint {
namespace {

Seconds barrier(const Fabric& fabric, double ranks) {
  return fabric.hop * std::log2(ranks);
}

bool is_alone(const Exchange& exchange) {
  assert(exchange.ranks >= 1.0 && exchange.bytes >= Bytes{});
  return exchange.ranks == 1.0;
}

// All but its own share of the message.
Bytes others_share(const Exchange& exchange) {
  return exchange.bytes * ((exchange.ranks - 1.0) / exchange.ranks);
}

}  // namespace

Seconds point_to_point(const Fabric& fabric, Bytes bytes) {
  return fabric.hop + bytes / fabric.bandwidth;
}

Seconds broadcast(const Fabric& fabric, const Exchange& exchange) {
  if (is_alone(exchange)) return Seconds{};
  return barrier(fabric, exchange.ranks) + exchange.bytes / fabric.bandwidth;
}

Seconds reduce_scatter(const Fabric& fabric, const Exchange& exchange) {
  if (is_alone(exchange)) return Seconds{};
  return barrier(fabric, exchange.ranks) + fabric.phase + others_share(exchange) / fabric.bandwidth;
}

Seconds all_gather(const Fabric& fabric, const Exchange& exchange) {
  return reduce_scatter(fabric, exchange);
}

Seconds all_to_all(const Fabric& fabric, const Exchange& exchange) {
  return reduce_scatter(fabric, exchange);
}

Seconds ring_all_reduce(const Fabric& fabric, const Exchange& exchange) {
  if (is_alone(exchange)) return Seconds{};
  const Seconds step = fabric.hop + exchange.bytes / exchange.ranks / fabric.bandwidth;
  return step * (2.0 * (exchange.ranks - 1.0));
}

Seconds tree_all_reduce(const Fabric& fabric, const Exchange& exchange) {
  if (is_alone(exchange)) return Seconds{};
  return (barrier(fabric, exchange.ranks) + exchange.bytes / fabric.bandwidth) * 2.0;
}

Seconds one_shot_all_reduce(const Fabric& fabric, const Exchange& exchange) {
  if (is_alone(exchange)) return Seconds{};
  return barrier(fabric, exchange.ranks) +
         exchange.bytes * (exchange.ranks - 1.0) / fabric.bandwidth;
}

Seconds two_shot_all_reduce(const Fabric& fabric, const Exchange& exchange) {
  if (is_alone(exchange)) return Seconds{};
  return barrier(fabric, exchange.ranks) + fabric.phase +
         others_share(exchange) * 2.0 / fabric.bandwidth;
}

Seconds direct_all_reduce(const Fabric& fabric, const Exchange& exchange) {
  return std::min(one_shot_all_reduce(fabric, exchange), two_shot_all_reduce(fabric, exchange));
}

Seconds all_reduce(const Fabric& fabric, const Exchange& exchange) {
  return std::min({direct_all_reduce(fabric, exchange), ring_all_reduce(fabric, exchange),
                   tree_all_reduce(fabric, exchange)});
}

Seconds all_reduce(const Hierarchy& fabric, const Exchange& exchange) {
  if (exchange.ranks <= fabric.inner_ranks) return direct_all_reduce(fabric.inner, exchange);
  const Exchange inside{fabric.inner_ranks, exchange.bytes};
  const Exchange between{exchange.ranks / fabric.inner_ranks, exchange.bytes / fabric.inner_ranks};
  return reduce_scatter(fabric.inner, inside) + all_reduce(fabric.outer, between) +
         all_gather(fabric.inner, inside);
}

Seconds all_gather(const Hierarchy& fabric, const Exchange& exchange) {
  if (exchange.ranks <= fabric.inner_ranks) return all_gather(fabric.inner, exchange);
  const Exchange inside{fabric.inner_ranks, exchange.bytes};
  const Exchange between{exchange.ranks / fabric.inner_ranks, exchange.bytes / fabric.inner_ranks};
  return all_gather(fabric.outer, between) + all_gather(fabric.inner, inside);
}

Seconds all_to_all(const Hierarchy& fabric, const Exchange& exchange, Bytes across) {
  if (exchange.ranks <= fabric.inner_ranks) return all_to_all(fabric.inner, exchange);
  const Exchange inside{fabric.inner_ranks, exchange.bytes};
  const Exchange between{exchange.ranks / fabric.inner_ranks, across};
  return all_to_all(fabric.outer, between) + all_to_all(fabric.inner, inside);
}

}  // namespace chokepoint
