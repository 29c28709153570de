#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sim/study/causes/obstacles.hpp"
#include "tools/print/json_value.hpp"
#include "tools/report/answer/asked.hpp"
#include "tools/report/answer/paired_runs.hpp"
#include "tools/report/indicators.hpp"
#include "tools/report/recorded_run.hpp"
#include "tools/report/yearly_table.hpp"

// What a run, or the difference between two, says in two or three sentences. Each comes with the
// figures that it rests on, and says no more than their bands show.

namespace chokepoint {

/// A run as sentences are made of it.
struct AnsweredRun {
  /// By its name; figures of years where it has a market, and draws where it has any.
  YearlyRun yearly;
  std::vector<Indicator> whole;     ///< Of the whole run.
  std::vector<Obstacle> held_back;  ///< What held back orders of the mainland, in the whole run.
  std::string question;
  std::string last_day;                 ///< YYYY-MM-DD.
  std::set<std::string> changed_rules;  ///< By the scenario, against its base.
  Vendors vendors;
};

/// Of a run of `world` that has just ended; `yearly` names it.
AnsweredRun answered_run(const World& world, const RunAccount& account,
                         std::vector<Obstacle> held_back, YearlyRun yearly);
/// Of a recorded run; `yearly` as its tables say, nothing where it has none.
AnsweredRun answered_run(const RecordedRun& run, std::optional<YearlyRun> yearly);

/// Rules that the scenario of a run changed against its base, by their names.
std::set<std::string> changed_rules(const pb::Manifest& manifest);

/// A figure that a sentence rests on, in the unit of its key.
struct ClaimedFigure {
  YearlyKey key;                     ///< Year 0: of the whole run.
  double before = 0.0, after = 0.0;  ///< Of a single run both are its level.
  double change = 0.0;
  std::optional<Interval> band;  ///< Of the change; of the level where there is one run.
};

/// A sentence about a run, or about what another run has more or less than a baseline.
struct Claim {
  std::string text;  ///< With its full stop; one line.
  Certainty certainty = Certainty::Unknown;
  std::vector<ClaimedFigure> figures;
};

/// Two or three sentences: what the run comes to of what its question asks, and what held back
/// most. Last, where it has no draws, that nothing tells how much of it is noise.
std::vector<Claim> answer(const AnsweredRun& run);

/// Two or three sentences: what differs most of what the questions ask, by how much, whether that
/// stands out of the band of paired draws, and which rule or shortage goes with it. Last, where
/// there are too few pairs to tell noise, that.
std::vector<Claim> answer(const AnsweredRun& base, const AnsweredRun& other);

/// Of two runs the same; of more a sentence for each but the first, which names it.
std::vector<Claim> answer(const std::vector<AnsweredRun>& runs);

/// For a terminal: a line for each sentence, however long.
std::string answer_text(const std::vector<Claim>& claims);

/// A list of objects: text, certainty ("equal", "unknown", "noise", "clear"), figures.
JsonValue answer_json(const std::vector<Claim>& claims);

/// "clear" and so on.
std::string name_of(Certainty certainty);

}  // namespace chokepoint
