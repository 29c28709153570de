#pragma once

#include <filesystem>
#include <string>

namespace chokepoint {

/// "<path>.<process>.partial": where a file of this process grows until it is whole.
std::filesystem::path partial_name(const std::filesystem::path& path);

/// Writes `text` to `path`: under its partial name first, then renamed, so that no reader ever sees
/// half of it. A link under either name is replaced or refused, never followed. Throws
/// std::runtime_error, naming the file, where it cannot be written; then nothing is left behind.
void write_whole(const std::filesystem::path& path, const std::string& text);

/// Gives a whole file its name, in place of what has it. Throws as write_whole(); then it is left
/// as it was.
void give_name(const std::filesystem::path& partial, const std::filesystem::path& path);

/// Removes a file, where it is there. Throws std::runtime_error, naming it, where that fails.
void remove_file(const std::filesystem::path& path);

/// Makes `folder` and those above it, to be written into. Throws std::runtime_error, naming it,
/// where that fails.
void make_folder(const std::filesystem::path& folder);

}  // namespace chokepoint
