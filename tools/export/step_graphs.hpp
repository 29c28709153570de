#pragma once

#include <string>
#include <vector>

#include "models/graph/operator_graph.hpp"
#include "models/graph/rank_match.hpp"
#include "sim/trace/reader.hpp"

namespace chokepoint {

/// A training step as graphs of what waits for what: one for the first device of each rank of the
/// pipeline, since those beside it do the same, and the groups that it exchanges with.
struct StepGraphs {
  std::vector<OperatorGraph> graphs;
  RankGroups groups;  ///< "tensor_0": of the first rank of the pipeline.
};

/// Reads the first step of a trace to the trace's end. What a rank does waits for what it did
/// before, but for exchange beside computing, which the next exchange of its group and the end of
/// the step wait for. Bubbles are left out, for they follow. Everything says how long it took.
/// Nothing where the trace has no step.
StepGraphs step_graphs(TraceReader& reader);

}  // namespace chokepoint
