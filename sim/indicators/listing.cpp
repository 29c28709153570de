#include "sim/indicators/listing.hpp"

#include <algorithm>

namespace chokepoint {

namespace {

bool is_called(const YearlyIndicator& listed, std::string_view name) {
  if (!listed.is_by_work()) return listed.name == name;
  return name.starts_with(listed.name) &&
         std::ranges::count(kWorkNames, name.substr(listed.name.size())) > 0;
}

}  // namespace

YearlyKey YearlyIndicator::of(const std::string& subject, int year) const {
  return {std::string(name), subject, std::string(unit), year};
}

YearlyKey YearlyIndicator::of(WorkKind work, const std::string& subject, int year) const {
  YearlyKey key = of(subject, year);
  key.indicator += kWorkNames[static_cast<std::size_t>(work)];
  return key;
}

const YearlyIndicator* listed_indicator(std::string_view name) {
  const auto* found =
      std::find_if(std::begin(kYearlyIndicators), std::end(kYearlyIndicators),
                   [&](const YearlyIndicator& listed) { return is_called(listed, name); });
  return found == std::end(kYearlyIndicators) ? nullptr : found;
}

}  // namespace chokepoint
