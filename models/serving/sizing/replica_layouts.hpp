#pragma once

#include <vector>

#include "models/performance/serving_search.hpp"

namespace chokepoint {

/// Devices that one replica may have, fewest first: the powers of two that divide a server, then
/// whole servers, one more each up to 64 devices, and about a quarter more each beyond, up to the
/// domain of scale-up links. Requires: server >= 1.
std::vector<int> replica_sizes(int server, int domain);

/// Layouts of one replica of the task's model of each of these sizes: tensor parallelism and stages
/// in powers of two, the rest of the devices in attention groups, where the model has experts;
/// experts sliced, or whole where there are at least as many as devices of a stage.
std::vector<ServingPlan> replica_layouts(const ServingTask& task, int server);

}  // namespace chokepoint
