#pragma once

#include <rapidcheck.h>

#include "models/graph/operator_graph.hpp"

namespace chokepoint {

/// A graph of up to 40 operators that compute, exchange or work on the host, each after some of
/// those before it; tenths of seconds each, in `recorded`.
inline OperatorGraph random_graph(bool has_collectives) {
  OperatorGraph graph;
  const int count = *rc::gen::inRange(1, 40);
  for (int i = 0; i < count; ++i) {
    Operator one;
    one.id = static_cast<std::uint64_t>(i);
    const int kind = *rc::gen::inRange(0, 4);
    one.kind = kind == 0                      ? OperatorKind::Host
               : kind == 1                    ? OperatorKind::Memory
               : kind == 2 && has_collectives ? OperatorKind::Collective
                                              : OperatorKind::Compute;
    one.recorded = Seconds{*rc::gen::inRange(0, 30) * 0.1};
    for (int before = 0; before < i; ++before) {
      if (*rc::gen::inRange(0, 6) == 0) one.after.push_back(static_cast<std::uint32_t>(before));
    }
    graph.operators.push_back(std::move(one));
  }
  return graph;
}

}  // namespace chokepoint
