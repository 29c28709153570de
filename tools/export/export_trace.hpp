#pragma once

#include <filesystem>
#include <string>

#include "tools/export/exported_tables.hpp"

namespace chokepoint {

/// Writes the trace `trace` as a SQLite database, a folder of CSV files, or trace-event JSON. What
/// is written takes its name once it is whole: before, and after a signal, nothing has it. A file
/// of that name is replaced; a folder must not be there, or be empty.
///
/// To Chakra goes a training step: a folder of step.<device>.et, one for the first device of each
/// rank of the pipeline, and groups.json, which `replay graph` plays.
///
/// Throws std::runtime_error, naming the file, where the trace cannot be read or the result not
/// written.
Exported export_sqlite(const std::filesystem::path& trace, const std::filesystem::path& file);
Exported export_csv(const std::filesystem::path& trace, const std::filesystem::path& folder);
Exported export_chakra(const std::filesystem::path& trace, const std::filesystem::path& folder);
Exported export_chrome(const std::filesystem::path& trace, const std::filesystem::path& file);

}  // namespace chokepoint
