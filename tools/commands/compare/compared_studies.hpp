#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tools/console/stored_run.hpp"
#include "tools/report/yearly_table.hpp"

namespace chokepoint {

/// Runs that nothing replaces while they are compared.
using StoredRuns = std::vector<std::unique_ptr<const StoredRun>>;

StoredRuns stored_runs(const std::vector<std::string>& directories, StoredKinds kinds);

/// The names of their folders; with that of the folder above where several are called alike.
std::vector<std::string> names_of(const StoredRuns& runs);

/// Of those that have figures by year.
std::vector<YearlyRun> yearly_runs(const StoredRuns& runs);

/// How a comparison is told.
enum class ToldAs { Text, Csv, Json };

/// What runs of one kind are beside the first of them. `year` is of the table of a market; 0: the
/// one that the first sentence is of. Requires: at least two, all of one kind.
std::string compared_studies(const StoredRuns& runs, int year, ToldAs told);

/// Why they cannot be compared; empty where they can.
std::string comparison_complaint(const StoredRuns& runs);

}  // namespace chokepoint
