#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tools/page/ecosystem/run_history.hpp"
#include "tools/page/page.hpp"

namespace chokepoint {

/// The page of a run of the ecosystem, beside its baseline where there is one.
Page ecosystem_page(const RunPair& pair);

// Its parts. A figure of which the runs hold nothing is not there.

/// Vendors that have a colour, by what they delivered to the mainland in either run, the most
/// first. The others are grey.
std::vector<std::string> vendor_hues(const RunPair& pair);

/// What people call an org.
std::string display_name(const Org& org);

/// The year in which the runs differ most over the headlines of indicators; the last whole one of a
/// run by itself.
int telling_year(const RunPair& pair);

/// Rules that held back most, or that differ between the runs, by the day on which they begin.
std::vector<NumberedEvent> policy_events(const RunPair& pair);

/// Compute that vendors delivered to the mainland, by quarter: all of it, and shares.
std::vector<PageFigure> delivered_figures(const RunPair& pair,
                                          const std::vector<std::string>& hues);

/// Compute installed in the mainland and its distance from the baseline.
std::vector<PageFigure> stock_figures(const RunPair& pair);

/// How chips came to users from the mainland in the telling year, from whom and to whom.
std::vector<PageFigure> flow_figures(const RunPair& pair, const std::vector<std::string>& hues);

/// What held back the making of devices, month by month.
std::vector<PageFigure> shortage_figures(const RunPair& pair);

/// Tokens served against demand, and what they cost.
std::vector<PageFigure> token_figures(const RunPair& pair);

/// What differs between the runs in the year in which they differ most, and rulings.
std::vector<PageFigure> listed_figures(const RunPair& pair);

}  // namespace chokepoint
