#pragma once

#include <string>
#include <vector>

#include "sim/indicators/figures.hpp"

namespace chokepoint {

/// An indicator that comparisons lead with, in a year.
struct Headline {
  std::string indicator;  ///< As in the yearly figures: "delivered".
  std::string subject;    ///< "mainland/nvidia"; "mainland/*" is the sum over all vendors there.
  std::string unit;       ///< "packages".
  int year = 0;
};

/// Its value; 0 where there is nothing of it.
double value_of(const Headline& headline, const Figures& figures);

/// What to lead with of two runs in a year: packages delivered to the mainland, the domestic share,
/// the value shares of the two largest vendors, revenue of the vendor whose revenue differs most,
/// usable training and decode wherever Chinese users have it, and every pathway.
std::vector<Headline> headlines(const Figures& base, const Figures& other, int year);

/// Years of which there are figures, rising.
std::vector<int> years_of(const Figures& figures);

/// How far two runs differ in a year, over all headlines: the mean of differences, each in parts of
/// the greater value.
double distance(const Figures& base, const Figures& other, int year);

}  // namespace chokepoint
