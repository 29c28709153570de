#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>

#include "sim/scenario/text/diagnostics.hpp"

namespace chokepoint {

/// Longer documents, which must be held whole, are refused.
inline constexpr std::size_t kLargestDocument = std::size_t{1} << 28U;

/// All of a file, unpacked, for formats that are one document. Nothing, with a complaint, where it
/// cannot be read or is larger than kLargestDocument.
std::optional<std::string> whole_log(const std::filesystem::path& path, Diagnostics& found);

}  // namespace chokepoint
