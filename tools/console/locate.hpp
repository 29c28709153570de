#pragma once

#include <filesystem>
#include <string>

namespace chokepoint {

/// Folder that holds `scenarios/`: `given` where it is not empty; else beside the installed
/// `program` ("../share/chokepoint", then ".."), with links followed: a build folder links to the
/// source's. A candidate counts where it has a folder `scenarios`. Throws std::runtime_error where
/// `given`, or every candidate, has none.
std::filesystem::path locate_root(const std::string& given, const std::filesystem::path& program);

/// The file that a scenario argument means: `argument` where there is such a file; else below
/// `root`: "scenarios/h20_2025.textproto", "h20_2025.textproto" or "h20_2025". An argument that
/// is found nowhere comes back as it is, so that reading it reports the name that was typed.
std::filesystem::path locate_scenario(const std::string& argument,
                                      const std::filesystem::path& root);

/// The running executable.
std::filesystem::path running_program();

}  // namespace chokepoint
