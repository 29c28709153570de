#pragma once

#include <filesystem>
#include <string>

namespace chokepoint {

/// Writes `text` to `path`: beside it under "<path>.partial" first, then renamed, so that no reader
/// ever sees half of it. Throws std::runtime_error, naming the file, where it cannot be written;
/// then nothing is left behind.
void write_whole(const std::filesystem::path& path, const std::string& text);

/// Makes `folder` and those above it. Throws std::runtime_error, naming it, where that fails.
void make_folder(const std::filesystem::path& folder);

}  // namespace chokepoint
