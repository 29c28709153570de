#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "chokepoint/v1/report.pb.h"
#include "models/world.hpp"
#include "sim/indicators/run_account.hpp"
#include "tools/print/legend.hpp"
#include "tools/report/recorded_run.hpp"

// What differs between runs, as a message and as it is printed.

namespace chokepoint {

namespace pb = chokepoint::v1;

/// Every indicator and every month of `runs`, in their order, with differences from the baseline:
/// the runs whose composed scenario is the first run's but for `market.refused_budget`. A run is
/// held against the baseline's run with the same budget rule, or its first where none has it.
/// Requires: at least one run.
pb::Comparison compare(const std::vector<RecordedRun>& runs);

/// Runs of each column of `comparison`: columns[c] are indices into `runs`, rising.
std::vector<std::vector<std::size_t>> columns_of(const pb::Comparison& comparison);

/// What was ordered, delivered and refused of each device in each month, why, and what that cost,
/// by month and device. Substitutes are left out. Months in which nothing was ordered, delivered or
/// refused are skipped, so that columns add up to the run's totals. `run` is put into each.
std::vector<pb::RefusedMonth> refused_months(const RunAccount& account, std::uint32_t run);

/// An indicator's name as people write it: "usable H100e training".
std::string in_words(std::string name);

/// Letter by which tables name a column: "A", "B", ...
std::string column_letter(std::size_t column);

/// The indicators of `comparison` with differences from column A. Rows that are zero everywhere are
/// left out, but for the wholes that a reader looks for, and so are parts (by device, by rule ..)
/// that no scenario changes. Rules get numbers in `rules`.
std::string indicator_table(const pb::Comparison& comparison, Legend& rules);

/// Month by month, what `runs` of one scenario ordered, received and were refused, which gate bound
/// under which rules, and what that took from them. Rules and inputs get marks in the legends.
/// Devices that no gate ever held back, in no run of the comparison, are left out where others were
/// held back. Empty where nothing is left.
std::string month_table(const pb::Comparison& comparison, const std::vector<std::size_t>& runs,
                        Legend& rules, Legend& inputs);

/// The scenarios of a comparison with their questions, and what changed in each from its base.
std::string scenarios_text(const pb::Comparison& comparison);

/// What people read of a comparison: the scenarios and what changed in each, indicators with
/// differences from the baseline, the refusals of each scenario by month, and a legend of rules and
/// inputs. A cell "low .. high" spans the runs of a column. Rows that are zero everywhere are left
/// out but for those that a reader looks for. `runs` are those that were compared.
std::string comparison_text(const pb::Comparison& comparison, const std::vector<RecordedRun>& runs);

/// A comparison as tidy CSV: one row per run, month (empty: the whole run), indicator and subject.
/// Differences stand with the whole run only, gates and rules with refusals of a month only.
std::string comparison_csv(const pb::Comparison& comparison);

/// A figure in a few words: "0.05, estimated, from epoch_chips, 0.02 .. 0.1".
std::string in_words(const World& world, InputId input);

}  // namespace chokepoint
