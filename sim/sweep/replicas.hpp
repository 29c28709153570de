#pragma once

#include <functional>
#include <vector>

#include "chokepoint/v1/figures.pb.h"
#include "sim/indicators/figures.hpp"

namespace chokepoint {

namespace pb = chokepoint::v1;

/// Adds the figures of years to what a run found, in their order.
void add_yearly(const Figures& figures, pb::RunFigures& found);

/// What add_yearly() added; every value to its last bit.
Figures yearly_in(const pb::RunFigures& found);

/// Runs replicas in processes of their own, `workers` at a time: a process holds one simulation.
/// `work(i)` is called in the child, where it may spend what it captured, which stays whole in the
/// parent; what it returns reaches the parent. The result is by replica, whatever the order in
/// which they end. `told(done)` is called in the parent after each.
///
/// Only a whole answer of a worker that ended well counts. Throws std::runtime_error where `work`
/// throws in one, and where one is killed or ends otherwise: "replica 3: killed by signal 9". No
/// worker is left then. Sets the handling of SIGCHLD to its default.
std::vector<pb::RunFigures> run_replicas(int replicas, int workers,
                                         const std::function<pb::RunFigures(int)>& work,
                                         const std::function<void(int done)>& told);

/// What `work` returns, in a process of its own; see run_replicas().
pb::RunFigures run_apart(const std::function<pb::RunFigures()>& work);

/// Cores of this machine that may be used, at least 1.
int cores();

}  // namespace chokepoint
