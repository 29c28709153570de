#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/units.hpp"

namespace chokepoint {

/// What an operator of a recorded or planned step keeps busy.
enum class OperatorKind {
  None,        ///< Nothing: it only orders others.
  Compute,     ///< The device.
  Memory,      ///< The device's memory.
  Host,        ///< A thread of the host.
  Collective,  ///< Links of all ranks of a group.
  Send,        ///< Links to one rank; as soon as it is ready.
  Receive      ///< Waits for what another rank sends.
};
inline constexpr std::size_t kOperatorKinds = 7;

/// "compute", "collective", ...
std::string_view name(OperatorKind kind);

enum class ExchangeKind {
  AllReduce,
  Reduce,
  AllGather,
  Gather,
  Scatter,
  Broadcast,
  AllToAll,
  ReduceScatter,
  Barrier
};

/// "all-reduce", ...
std::string_view name(ExchangeKind kind);

/// One operator of one rank.
struct Operator {
  std::uint64_t id = 0;  ///< As its file has it; what is ready at once starts in this order.
  std::string name;
  OperatorKind kind = OperatorKind::None;
  Flops operations;                 ///< Of computing; a multiply-add is two.
  double rate_share = 1;            ///< Of the rate of large products, that this one attains.
  Bytes bytes;                      ///< That computing moves; of a message, what a rank puts in.
  std::optional<Seconds> recorded;  ///< How long it took where it was recorded.
  ExchangeKind collective = ExchangeKind::AllReduce;
  std::string group;                 ///< Of a collective; empty: all ranks.
  int peer = -1;                     ///< The rank that is sent to or received from.
  std::uint64_t tag = 0;             ///< Of a message; those of one tag arrive in order.
  std::uint64_t thread = 0;          ///< Of the host.
  std::vector<std::uint32_t> after;  ///< Places in the graph of what must have ended.
};

/// What one rank does, as a graph of what waits for what.
struct OperatorGraph {
  int rank = 0;
  std::vector<Operator> operators;
};

/// Places in an order in which each comes after what it waits for; nothing where some wait for each
/// other. Requires: `after` below the number of operators.
std::optional<std::vector<std::uint32_t>> order_of(const OperatorGraph& graph);

/// Places that wait for each other, in ascending order; empty where none do. Requires: as order_of.
std::vector<std::uint32_t> waiting_circle(const OperatorGraph& graph);

/// The longest chain of operators that wait for each other, where each takes `times`. No way to run
/// the graph ends before. Requires: a time per operator, no circle.
Seconds longest_chain(const OperatorGraph& graph, const std::vector<Seconds>& times);

}  // namespace chokepoint
