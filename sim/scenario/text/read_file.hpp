#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "sim/scenario/text/diagnostics.hpp"

namespace chokepoint {

/// Text of a regular file that must be UTF-8 and at most 64 MiB. `shown` is its name in reports,
/// under which `found` remembers the text. What is wrong with the file as a whole is reported at
/// `asked_by`: the import or base that names it, or the file itself.
std::optional<std::string> read_file(const std::filesystem::path& path, const std::string& shown,
                                     const SourceLocation& asked_by, Diagnostics& found);

}  // namespace chokepoint
