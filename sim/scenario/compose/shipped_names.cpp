#include "sim/scenario/compose/shipped_names.hpp"

#include <algorithm>
#include <system_error>
#include <vector>

#include "sim/scenario/text/spelling.hpp"

namespace chokepoint {

namespace {

namespace fs = std::filesystem;

constexpr const char* kEnding = ".textproto";
constexpr std::size_t kMostFiles = 1'000;  // Of a folder, among which a name is looked for.

fs::path& shipped_scenarios() {
  static fs::path folder;
  return folder;
}

/// Names of the scenario files in a folder, without their ending.
std::vector<std::string> stems_of(const fs::path& folder) {
  std::vector<std::string> stems;
  std::error_code none;
  for (fs::directory_iterator at(folder.empty() ? "." : folder, none), end;
       !none && at != end && stems.size() < kMostFiles; at.increment(none)) {
    if (at->path().extension() == kEnding) stems.push_back(at->path().stem().string());
  }
  std::ranges::sort(stems);
  return stems;
}

}  // namespace

void let_name_shipped(const fs::path& folder) {
  shipped_scenarios() = folder;
}

fs::path meant_file(const fs::path& folder, const std::string& name) {
  fs::path beside = (folder / name).lexically_normal();
  std::error_code none;
  const bool is_there = fs::exists(beside, none) && !fs::is_directory(beside, none);
  if (!shipped_scenarios().empty() && is_name(name) && !is_there) {
    const fs::path shipped = shipped_scenarios() / (name + kEnding);
    if (fs::is_regular_file(shipped, none)) return shipped;
  }
  return beside;
}

std::string nearest_file(const fs::path& path) {
  const std::string stem = path.stem().string();
  const std::string beside = nearest(stem, stems_of(path.parent_path()));
  if (!beside.empty()) return beside + kEnding;
  return shipped_scenarios().empty() ? "" : nearest(stem, stems_of(shipped_scenarios()));
}

}  // namespace chokepoint
