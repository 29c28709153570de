#pragma once

#include <map>
#include <optional>
#include <string>

#include "sim/trace/reader.hpp"
#include "tools/export/export_table.hpp"

namespace chokepoint {

/// One row per training job: when it was queued, placed and done, and what it came to. Memory goes
/// with the number of jobs.
class JobRows {
public:
  /// Times are in seconds since the trace's epoch.
  static ExportTable table();

  void take(const TimedFact& timed);
  /// Adds a row per job, by name.
  void add_to(ExportTarget& target, std::size_t table) const;

private:
  struct Row {
    std::string pool;
    std::optional<double> queued_s, placed_s, ended_s, nodes, tokens_per_s;
    double tokens = 0, lost_tokens = 0, segments = 0, interruptions = 0;
    std::optional<bool> is_finished;
  };
  void take_step(const pb::JobFact& fact, double now);

  std::map<std::string, Row> rows_;
};

}  // namespace chokepoint
