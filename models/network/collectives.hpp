#pragma once

#include "models/units.hpp"

namespace chokepoint {

/// How devices of one group reach each other: all alike, over links of their own.
struct Fabric {
  BytesPerSecond bandwidth;  ///< Of all links of one rank, one direction, as attained.
  Seconds hop;               ///< From one rank to another; a barrier of n ranks takes log2(n).
  Seconds phase;             ///< Between two phases of an exchange.
};

/// A message of one exchange and the ranks that take part. What `bytes` is, each function says.
struct Exchange {
  double ranks = 1;
  Bytes bytes;
};

/// Closed forms for an isolated group on an idle fabric. One rank takes no time at all. Notation:
/// n ranks, S bytes, B bandwidth, a = hop, p = phase. Requires: ranks >= 1, bytes >= 0, B > 0.
/// Source: Thakur, Rabenseifner, Gropp, IJHPCA 19(1), 2005; one-shot and two-shot as NCCL and
/// TensorRT-LLM implement them on switched links.

/// One message: a + S/B.
Seconds point_to_point(const Fabric& fabric, Bytes bytes);

/// S bytes from one rank to all, by a pipelined tree: a log2(n) + S/B.
Seconds broadcast(const Fabric& fabric, const Exchange& exchange);

/// Every rank has S bytes and ends with S/n of their sum: a log2(n) + p + (n-1)/n S/B.
Seconds reduce_scatter(const Fabric& fabric, const Exchange& exchange);

/// Every rank has S/n bytes and ends with all S: as long as a reduce-scatter.
Seconds all_gather(const Fabric& fabric, const Exchange& exchange);

/// Every rank has S bytes, 1/n of them for each: as long as a reduce-scatter.
Seconds all_to_all(const Fabric& fabric, const Exchange& exchange);

/// Every rank has S bytes and ends with their sum.
/// Around a ring: 2 (n-1) (a + S / (n B)).
Seconds ring_all_reduce(const Fabric& fabric, const Exchange& exchange);
/// Up and down a pipelined double tree: 2 a log2(n) + 2 S/B.
Seconds tree_all_reduce(const Fabric& fabric, const Exchange& exchange);
/// Everybody sends all to everybody: a log2(n) + (n-1) S/B.
Seconds one_shot_all_reduce(const Fabric& fabric, const Exchange& exchange);
/// Reduce-scatter, then all-gather, on direct links: a log2(n) + p + 2 (n-1)/n S/B.
Seconds two_shot_all_reduce(const Fabric& fabric, const Exchange& exchange);
/// The lesser of one-shot and two-shot, as serving engines choose inside a scale-up domain.
Seconds direct_all_reduce(const Fabric& fabric, const Exchange& exchange);
/// The least of all four.
Seconds all_reduce(const Fabric& fabric, const Exchange& exchange);

/// Groups of `inner_ranks` on a fast fabric, joined by a slower one.
struct Hierarchy {
  Fabric inner, outer;
  double inner_ranks = 1;
};

/// Direct inside where all fit into one group; else reduce-scatter inside, the best all-reduce of
/// S / inner_ranks between groups, all-gather inside.
Seconds all_reduce(const Hierarchy& fabric, const Exchange& exchange);
/// All-gather (or reduce-scatter, which takes as long): between groups first, where each rank has
/// S / inner_ranks to end with, then inside.
Seconds all_gather(const Hierarchy& fabric, const Exchange& exchange);
/// All-to-all: across first, between ranks at the same place of their groups, then inside. `across`
/// is what each rank has for the groups, 1/groups of it for each: `exchange.bytes`, or less where
/// what several ranks of one group are to have crosses once.
Seconds all_to_all(const Hierarchy& fabric, const Exchange& exchange, Bytes across);

}  // namespace chokepoint
