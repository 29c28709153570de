#pragma once

#include <string>
#include <vector>

#include "tools/print/json_value.hpp"
#include "tools/print/table.hpp"
#include "tools/report/answer/answer.hpp"
#include "tools/report/recorded_run.hpp"
#include "tools/report/study/study_text.hpp"

// Runs of markets over years, the first of which is the baseline.

namespace chokepoint {

/// All that is told of them; each list by run.
struct MarketComparison {
  std::vector<RecordedRun> recorded;
  std::vector<AnsweredRun> answered;
  std::vector<PublishedOfRun> published;
  int year = 0;  ///< Of the table; 0: that of the first sentence.
};

/// For people: the answer, the scenarios and what changed, every figure that differs in a year, the
/// main ones year by year, what was published beside them, and the figures to trust least.
std::string market_comparison_text(const MarketComparison& markets);

/// For files: every figure of every year; see differences_table().
Table market_comparison_table(const MarketComparison& markets);

/// For programs: all of it, schema "chokepoint.compare.years/1".
JsonValue market_comparison_json(const MarketComparison& markets);

}  // namespace chokepoint
