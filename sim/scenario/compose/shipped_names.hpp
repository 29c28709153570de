#pragma once

#include <filesystem>
#include <string>

namespace chokepoint {

/// From now on, in this process, the name of a scenario in `folder`, "history", stands for its file
/// where a base or an import names it.
void let_name_shipped(const std::filesystem::path& folder);

/// The file that `name` means in a file of `folder`: one beside it where there is one, else a
/// shipped scenario of that name; else the path beside it, where nothing is.
std::filesystem::path meant_file(const std::filesystem::path& folder, const std::string& name);

/// The name of a file in the folder of `path`, or of a shipped scenario, that was perhaps meant;
/// empty where none is near.
std::string nearest_file(const std::filesystem::path& path);

}  // namespace chokepoint
