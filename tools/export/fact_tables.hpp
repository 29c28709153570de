#pragma once

#include <google/protobuf/descriptor.h>

#include <optional>
#include <string>
#include <vector>

#include "chokepoint/v1/facts.pb.h"
#include "models/calendar.hpp"
#include "sim/trace/reader.hpp"
#include "tools/export/export_table.hpp"

namespace chokepoint {

namespace pb = chokepoint::v1;

/// A table per kind of fact, in the schema's order, with the schema's fields as columns after
///
///   fact     number in the trace, from 1
///   time     UTC, the fraction of a second left out
///   time_ns  since the epoch of the trace
///   track    number in the table of tracks; 0: on none
///
/// Counts of packages and operations say so in their names. Nothing stands for an empty text and
/// for what is unset or unspecified.
const std::vector<ExportTable>& fact_tables();

/// The row of a fact in its table, one after the other in the same memory.
class FactRows {
public:
  explicit FactRows(Moment epoch) : epoch_(epoch) {}

  struct Row {
    std::size_t table = 0;
    const std::vector<ExportValue>& values;
  };
  /// The row of `timed`, valid until the next call; nothing for a fact of a later version.
  std::optional<Row> row(const TimedFact& timed, std::uint64_t fact, std::uint64_t track);

private:
  std::string_view time_text(std::uint64_t time_ns);

  Moment epoch_;
  std::vector<ExportValue> values_;
  std::optional<std::uint64_t> second_;  ///< That `time_` tells.
  std::string time_;
};

}  // namespace chokepoint
