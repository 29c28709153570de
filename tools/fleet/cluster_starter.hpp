#pragma once

#include <filesystem>
#include <string>

namespace chokepoint {

/// A cluster to start from, to lie at `file`: the sites of the shipped cluster `shipped` under the
/// name `name`, and how a model is served there, every choice with what it means. It replays as it
/// is. Throws std::runtime_error where the shipped file cannot be read.
std::string cluster_starter(const std::string& name, const std::string& shipped,
                            const std::filesystem::path& file, const std::filesystem::path& root);

}  // namespace chokepoint
