#pragma once

#include <map>
#include <string>
#include <vector>

#include "sim/indicators/headlines.hpp"
#include "sim/study/causes/attribution.hpp"

namespace chokepoint {

/// What a question may ask about.
enum class Topic { Compute, Shares, LockIn, Money, Serving };

/// All topics, those first that words of the question name, else in the order of declaration.
std::vector<Topic> topics_by_question(const std::string& question);

/// A vendor as people know it.
struct VendorWords {
  std::string display;
  bool is_domestic = false;
};
using Vendors = std::map<std::string, VendorWords>;  ///< By name.

/// A figure that an answer may lead with.
struct LeadFigure {
  Topic topic = Topic::Compute;
  Headline of;                   ///< Its year does not count.
  std::string words;             ///< "mainland compute for training"
  bool is_at_years_end = false;  ///< Else of the year.
  std::string vendor;            ///< Whose; empty: nobody's.
};

/// All of them in either run.
std::vector<LeadFigure> lead_figures(const Figures& base, const Figures& other,
                                     const Vendors& vendors);

/// Its value in a year.
Measured measured_in(const LeadFigure& figure, int year);

/// "in 2025", "at the end of 2025".
std::string when_of(const LeadFigure& figure, int year);

}  // namespace chokepoint
