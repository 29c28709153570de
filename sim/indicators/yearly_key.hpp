#pragma once

#include <string>

namespace chokepoint {

/// What a figure of a year says, as its name among Figures is made of.
struct YearlyKey {
  std::string indicator;  ///< Such as "delivered".
  std::string subject;    ///< Such as "mainland/nvidia"; may be empty.
  std::string unit;
  int year = 0;
};
std::string text_of(const YearlyKey& key);
YearlyKey yearly_key(const std::string& text);

}  // namespace chokepoint
