#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tools/print/json_value.hpp"
#include "tools/print/table.hpp"
#include "tools/report/answer/answer.hpp"

// Replays of requests or of jobs, and training runs that were played, beside each other.

namespace chokepoint {

/// What one of them came to.
struct ReplayFigures {
  std::string name;
  std::vector<Indicator> figures;  ///< In their order. A column of the table is their subject.
  std::string scenario, log;
  std::vector<std::string> set;  ///< "path=value".
};

/// Of the text of a table with a column "figure" and one or more columns of values. A cell without
/// a number is no figure.
ReplayFigures replay_figures(const std::string& name, const std::string& csv);

/// Those that both have beside each other: a row for each run but the first and figure, with the
/// value there, in the first run, the difference and its percentage.
Table replay_comparison_table(const std::vector<ReplayFigures>& replays);

/// For people: what differs most, then what was replayed, then every figure.
std::string replay_comparison_text(const std::vector<ReplayFigures>& replays);

/// The same for programs, schema "chokepoint.compare.replays/1".
JsonValue replay_comparison_json(const std::vector<ReplayFigures>& replays);

}  // namespace chokepoint
