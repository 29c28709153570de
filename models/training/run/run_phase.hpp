#pragma once

#include <array>
#include <string_view>

namespace chokepoint {

/// What a gang does; phases fill the time of a run.
enum class RunPhase {
  Restart,  ///< Processes start, groups of communication are set up, the checkpoint is read.
  Train,
  Save,     ///< Training waits for a checkpoint.
  Detect,   ///< The run stands, and it is not yet known why.
  Replace,  ///< It waits for a server in place of a broken one.
  Planned   ///< It was stopped on purpose.
};
inline constexpr std::size_t kRunPhases = 6;

/// "restart", "train", ...
constexpr std::string_view name(RunPhase phase) {
  constexpr std::array<std::string_view, kRunPhases> kNames = {"restart", "train",   "save",
                                                               "detect",  "replace", "planned"};
  return kNames[static_cast<std::size_t>(phase)];
}

}  // namespace chokepoint
