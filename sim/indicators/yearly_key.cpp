#include "sim/indicators/yearly_key.hpp"

#include <charconv>
#include <sstream>

namespace chokepoint {

std::string text_of(const YearlyKey& key) {
  return std::to_string(key.year) + "," + key.indicator + "," + key.subject + "," + key.unit;
}

YearlyKey yearly_key(const std::string& text) {
  YearlyKey key;
  std::istringstream in(text);
  std::string year;
  std::getline(in, year, ',');
  std::getline(in, key.indicator, ',');
  std::getline(in, key.subject, ',');
  std::getline(in, key.unit, ',');
  std::from_chars(year.data(), year.data() + year.size(), key.year);
  return key;
}

}  // namespace chokepoint
