#pragma once

#include <functional>
#include <vector>

#include "sim/indicators/figures.hpp"

namespace chokepoint {

/// Runs replicas in processes of their own, `workers` at a time: a process holds one simulation.
/// `work(i)` is called in the child, where it may spend what it captured, which stays whole in the
/// parent; what it returns reaches the parent. The result is by replica,
/// whatever the order in which they end. `told(done)` is called in the parent after each.
/// Throws std::runtime_error with what a child said where one fails.
std::vector<Figures> run_replicas(int replicas, int workers,
                                  const std::function<Figures(int)>& work,
                                  const std::function<void(int done)>& told);

/// Cores of this machine that may be used, at least 1.
int cores();

}  // namespace chokepoint
