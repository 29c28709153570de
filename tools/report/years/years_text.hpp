#pragma once

#include <string>

#include "tools/report/yearly_table.hpp"

namespace chokepoint {

/// What a reader asks first of a market, year by year, in 80 columns: mainland compute, who sells
/// there, lock-in, what governments take, tokens and what they cost. The medians of its draws where
/// the run has at least two. Rows of nothing are left out.
std::string years_text(const YearlyRun& run);

}  // namespace chokepoint
