#include <algorithm>
#include <array>

#include "models/cluster/job_queue.hpp"
#include "models/cluster/ranked_queue.hpp"

namespace chokepoint {
namespace {

constexpr std::array<std::string_view, kQueuePolicies> kPolicyNames = {
    "fifo", "sjf", "easy", "conservative", "priority", "fair", "preempt", "las"};

}  // namespace

std::string_view name(QueuePolicy policy) {
  return kPolicyNames[static_cast<std::size_t>(policy)];
}

std::optional<QueuePolicy> queue_policy_named(std::string_view name) {
  const auto found = std::ranges::find(kPolicyNames, name);
  if (found == kPolicyNames.end()) return std::nullopt;
  return static_cast<QueuePolicy>(found - kPolicyNames.begin());
}

const std::vector<QueuePolicy>& queue_policies() {
  static const std::vector<QueuePolicy> all = [] {
    std::vector<QueuePolicy> made;
    for (std::size_t i = 0; i < kQueuePolicies; ++i) made.push_back(static_cast<QueuePolicy>(i));
    return made;
  }();
  return all;
}

std::size_t owners_of(const std::vector<RigidJob>& jobs) {
  std::uint32_t last = 0;
  for (const RigidJob& job : jobs) last = std::max(last, job.owner);
  return last + std::size_t{1};
}

bool takes_devices_back(RankedOrder order) {
  return order == RankedOrder::Preemptive || order == RankedOrder::LeastService;
}

std::optional<RankedOrder> ranked_order(QueuePolicy policy) {
  switch (policy) {
    case QueuePolicy::Priority:
      return RankedOrder::Priority;
    case QueuePolicy::FairShare:
      return RankedOrder::FairShare;
    case QueuePolicy::Preemptive:
      return RankedOrder::Preemptive;
    case QueuePolicy::LeastService:
      return RankedOrder::LeastService;
    case QueuePolicy::Fifo:
    case QueuePolicy::ShortestJob:
    case QueuePolicy::Easy:
    case QueuePolicy::Conservative:
      break;
  }
  return std::nullopt;
}

}  // namespace chokepoint
