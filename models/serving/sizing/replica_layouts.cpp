#include "models/serving/sizing/replica_layouts.hpp"

#include <algorithm>
#include <cassert>

namespace chokepoint {
namespace {

constexpr int kEveryUpTo = 64;
constexpr double kSizeStep = 1.25;
constexpr int kMostStages = 16;

void add_layouts_of(const Transformer& model, int devices, std::vector<ServingPlan>& into) {
  for (int stages = 1; stages <= std::min(devices, kMostStages); stages *= 2) {
    for (int tensor = 1; tensor * stages <= devices; tensor *= 2) {
      if (devices % (tensor * stages) != 0) continue;
      ServingPlan plan;
      plan.tensor = tensor;
      plan.pipeline = stages;
      plan.attention_dp = devices / (tensor * stages);
      add_layouts(model, plan, into);
    }
  }
}

}  // namespace

std::vector<int> replica_sizes(int server, int domain) {
  assert(server >= 1);
  std::vector<int> sizes;
  for (int size = 1; size < server; size *= 2) {
    if (server % size == 0) sizes.push_back(size);
  }
  const int most = std::max(kEveryUpTo, domain);
  for (int servers = 1; servers * server <= most;) {
    sizes.push_back(servers * server);
    const bool is_large = servers * server >= kEveryUpTo;
    servers = is_large ? static_cast<int>(servers * kSizeStep) + 1 : servers + 1;
  }
  if (sizes.empty()) sizes.push_back(server);
  return sizes;
}

std::vector<ServingPlan> replica_layouts(const ServingTask& task, int server) {
  std::vector<ServingPlan> layouts;
  for (const int size : replica_sizes(server, task.links.domain)) {
    add_layouts_of(task.model, size, layouts);
  }
  return layouts;
}

}  // namespace chokepoint
