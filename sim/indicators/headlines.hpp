#pragma once

#include <vector>

#include "sim/indicators/figures.hpp"

namespace chokepoint {

/// An indicator that comparisons lead with, in a year. The subject "mainland/*" is the sum over all
/// vendors there.
using Headline = YearlyKey;

/// Its value; 0 where there is nothing of it.
double value_of(const Headline& headline, const Figures& figures);

/// What to lead with of two runs in a year, as the listing of indicators says.
std::vector<Headline> headlines(const Figures& base, const Figures& other, int year);

/// How far two runs differ in a year, over all headlines: the mean of differences, each in parts of
/// the greater value.
double distance(const Figures& base, const Figures& other, int year);

}  // namespace chokepoint
