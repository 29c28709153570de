#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "tools/sweep/sweep_plan.hpp"

namespace chokepoint {

/// How much of a sweep there is.
struct SweepCount {
  std::size_t whole = 0, failed = 0, missing = 0;

  std::size_t all() const { return whole + failed + missing; }
};

/// Counts results, each of which is read.
SweepCount count_results(const SweepPlan& plan, const std::filesystem::path& folder);

/// Why cells failed, with how many did so; most first.
std::vector<std::pair<std::string, std::size_t>> failures_of(const SweepPlan& plan,
                                                             const std::filesystem::path& folder);

/// A part of a sweep: cells of numbers `shard`, `shard + of`, ...
struct SweepShare {
  std::size_t shard = 0, of = 1;
};

/// Runs what of a share has no whole result, each cell in a process of its own, `workers` at a
/// time. A cell that cannot be run says so in its place and stops no other. Any number of programs
/// may work on one sweep: what two of them run comes out alike. `told(done, all)` after each.
/// Throws std::runtime_error where a result cannot be written, or a process is killed.
void work_on(const SweepPlan& plan, const std::filesystem::path& folder, SweepShare share,
             int workers, const std::function<void(std::size_t done, std::size_t all)>& told);

}  // namespace chokepoint
