#pragma once

#include <compare>
#include <map>
#include <string>
#include <vector>

namespace chokepoint {

/// What a figure of a year says.
struct YearlyKey {
  std::string indicator;  ///< Such as "delivered".
  std::string subject;    ///< Such as "mainland/nvidia"; may be empty.
  std::string unit;
  int year = 0;

  bool operator==(const YearlyKey&) const = default;
  /// By year, indicator, subject and unit: the order of tables.
  std::strong_ordering operator<=>(const YearlyKey& other) const;
};

/// The indicators of the years of a run.
using Figures = std::map<YearlyKey, double>;

/// Its value; 0 where a run has nothing of it.
double value_or_none(const Figures& figures, const YearlyKey& key);

/// Years of which there are figures, rising.
std::vector<int> years_of(const Figures& figures);

}  // namespace chokepoint
