#include "sim/indicators/figures.hpp"

#include <tuple>

namespace chokepoint {

std::strong_ordering YearlyKey::operator<=>(const YearlyKey& other) const {
  return std::tie(year, indicator, subject, unit) <=>
         std::tie(other.year, other.indicator, other.subject, other.unit);
}

double value_or_none(const Figures& figures, const YearlyKey& key) {
  const auto found = figures.find(key);
  return found == figures.end() ? 0.0 : found->second;
}

std::vector<int> years_of(const Figures& figures) {
  std::vector<int> years;
  for (const auto& [key, value] : figures) {
    if (years.empty() || years.back() != key.year) years.push_back(key.year);
  }
  return years;
}

}  // namespace chokepoint
