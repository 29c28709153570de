#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/trace/reader.hpp"
#include "tools/export/export_table.hpp"

namespace chokepoint {

/// What was exported, and how far the trace went.
struct Exported {
  std::uint64_t facts = 0;
  std::uint64_t of_later_versions = 0;  ///< Facts that no table is known for; left out.
  bool is_truncated = false;
};

/// Tables of an export, in the order of their numbers: fact_tables(), then
///
///   trace       name and value: what the manifest says, and whether the trace is whole
///   tracks      number, name, number of its parent, unit of the values on it
///   indicators  year, indicator, subject, unit, value: figures of years of a run
///   jobs        as JobRows
///   requests    as RequestRows
const std::vector<ExportTable>& exported_tables();

/// Reads `reader` to its end, fact by fact, and adds rows of all tables. `file` is its name, for
/// messages. Memory goes with tracks, jobs, requests under way and the world, not with facts.
/// Indicators are of traces whose scenario is a world; others have none.
Exported export_tables(TraceReader& reader, const std::string& file, ExportTarget& target);

}  // namespace chokepoint
