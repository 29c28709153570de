#pragma once

#include <optional>
#include <vector>

#include "models/cluster/job_queue.hpp"

namespace chokepoint {

/// Orders in which jobs wait that are more than when they came and how long they will run.
enum class RankedOrder { Priority, FairShare, Preemptive, LeastService };

/// The order of a policy that has one; nothing for the others.
std::optional<RankedOrder> ranked_order(QueuePolicy policy);

/// Preemptive and LeastService.
bool takes_devices_back(RankedOrder order);

/// Plays jobs by rank, as play_queue() says of these policies. Without preemption the first of the
/// order starts as soon as a pool holds it, and nobody before it. With preemption, whenever jobs
/// come, end, or fall behind, devices are given out anew in the order of rank: who runs stays where
/// it is if those before it leave room there, else goes where it would end first; who finds no room
/// loses its devices; who comes later in the order may take what is left over. Requirements as of
/// play_queue().
PlayedQueue play_ranked_queue(const std::vector<RigidJob>& jobs, const std::vector<JobPool>& pools,
                              RankedOrder order, const QueueSettings& settings,
                              QueueObserver* observer = nullptr);

}  // namespace chokepoint
