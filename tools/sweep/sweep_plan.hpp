#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "sim/scenario/compose/compose.hpp"

namespace chokepoint {

/// A path of a scenario and the values that it takes in turn.
struct GridAxis {
  std::string path;
  std::vector<std::string> values;
};

/// "PATH=V1,V2,...": commas inside brackets, braces and quotes part nothing. Nothing where a value
/// is missing or named twice.
std::optional<GridAxis> parse_axis(const std::string& text);

/// One scenario of a sweep, composed.
struct SweepPoint {
  std::vector<std::string> values;  ///< Of the paths of its plan, in their order.
  /// Of its scenario and of the program that runs it: results of another one are none of it.
  std::uint64_t identity = 0;
};

/// Which of the runs of a sweep. Its number is point * (draws + 1) + draw.
struct SweepCell {
  std::size_t point = 0;
  int draw = 0;  ///< 0: the scenario as it is.
};

/// What a sweep is to run: each point as it is, and with as many draws.
struct SweepPlan {
  std::vector<std::string> paths;
  std::vector<SweepPoint> points;
  int draws = 0;

  std::size_t cells() const { return points.size() * (static_cast<std::size_t>(draws) + 1); }
  SweepCell cell(std::size_t number) const;
};

/// Most points of one plan, and cells.
inline constexpr std::size_t kMostPoints = 1'000, kMostCells = 1'000'000;

/// Composes `file` with `sets` and every combination of the axes, the last of which changes first,
/// reads each as a run would, and writes plan and scenarios into `folder`; what the folder has of
/// the same points stays and counts. All errors of all points are in `found`; nothing is written
/// then. Throws std::runtime_error where the folder cannot be written.
std::optional<SweepPlan> plan_sweep(const std::filesystem::path& file,
                                    const std::vector<Assignment>& sets,
                                    const std::vector<GridAxis>& axes, int draws,
                                    const std::filesystem::path& folder, Diagnostics& found);

/// The plan in a folder. Throws HelpedFailure where there is none, or it is no plan.
SweepPlan read_sweep_plan(const std::filesystem::path& folder);

/// The scenario of a point. Throws HelpedFailure where it is not the one that was planned, or was
/// planned by another version of the program.
Composed scenario_of(const SweepPlan& plan, std::size_t point, const std::filesystem::path& folder);

}  // namespace chokepoint
