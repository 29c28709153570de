#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "chokepoint/v1/figures.pb.h"
#include "tools/sweep/sweep_plan.hpp"

namespace chokepoint {

/// What a cell of a sweep has to show.
enum class CellState {
  Missing,  ///< Nothing that is whole.
  Failed,   ///< Why it cannot be run.
  Whole
};

/// Where the figures of a cell are, or will be: a name that no other scenario and no other version
/// of the program shares.
std::filesystem::path result_path(const SweepPlan& plan, SweepCell cell,
                                  const std::filesystem::path& folder);

/// Writes them: beside, then renamed. What failed before is forgotten. Throws std::runtime_error
/// where that cannot be written.
void write_result(const std::filesystem::path& path, const pb::RunFigures& figures);
/// Writes why there are none.
void write_failure(const std::filesystem::path& path, const std::string& why);

/// The figures, to the last bit; nothing where the file is missing, cut or changed.
std::optional<pb::RunFigures> read_result(const std::filesystem::path& path);
/// Why there are none; nothing where that is not known.
std::optional<std::string> read_failure(const std::filesystem::path& path);

/// As the files say, each of which is read whole.
CellState state_of(const std::filesystem::path& path);

}  // namespace chokepoint
