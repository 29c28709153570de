#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace chokepoint::tidy {

/// The project's folder.
std::filesystem::path root();

/// Files below `folder` whose extension is one of `extensions`, relative to root(), sorted.
std::vector<std::string> files_below(const std::string& folder,
                                     const std::vector<std::string>& extensions);

/// Lines of a file given relative to root().
std::vector<std::string> lines_of(const std::string& file);

}  // namespace chokepoint::tidy
