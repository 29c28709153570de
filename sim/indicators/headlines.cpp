#include "sim/indicators/headlines.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "sim/indicators/yearly_key.hpp"

namespace chokepoint {

namespace {

constexpr std::size_t kVendorsShown = 2;
constexpr const char* kMainland = "mainland/";
constexpr const char* kEverybody = "mainland/*";

/// Subjects of an indicator in a year, of either run, in order.
std::set<std::string> subjects_of(const std::string& indicator, int year, const Figures& base,
                                  const Figures& other) {
  const std::string start = std::to_string(year) + "," + indicator + ",";
  std::set<std::string> subjects;
  for (const Figures* figures : {&base, &other}) {
    for (auto it = figures->lower_bound(start); it != figures->end(); ++it) {
      if (it->first.rfind(start, 0) != 0) break;
      subjects.insert(yearly_key(it->first).subject);
    }
  }
  return subjects;
}

/// Vendors in the mainland, that with the most first by `size`; ties by name.
template <class Size>
std::vector<std::string> vendors_by(const std::set<std::string>& subjects, const Size& size) {
  std::vector<std::string> vendors;
  for (const auto& subject : subjects) {
    if (subject.rfind(kMainland, 0) == 0) vendors.push_back(subject);
  }
  std::stable_sort(vendors.begin(), vendors.end(),
                   [&](const auto& a, const auto& b) { return size(a) > size(b); });
  return vendors;
}

}  // namespace

double value_of(const Headline& headline, const Figures& figures) {
  if (headline.subject != kEverybody) {
    const auto found =
        figures.find(text_of({headline.indicator, headline.subject, headline.unit, headline.year}));
    return found == figures.end() ? 0.0 : found->second;
  }
  const std::string start =
      std::to_string(headline.year) + "," + headline.indicator + "," + kMainland;
  double sum = 0.0;
  for (auto it = figures.lower_bound(start); it != figures.end(); ++it) {
    if (it->first.rfind(start, 0) != 0) break;
    sum += it->second;
  }
  return sum;
}

std::vector<Headline> headlines(const Figures& base, const Figures& other, int year) {
  std::vector<Headline> all = {{"delivered", kEverybody, "packages", year},
                               {"domestic_share", "units", "share", year}};
  const auto share = [&](const std::string& subject) {
    const Headline of = {"value_share", subject, "share", year};
    return std::max(value_of(of, base), value_of(of, other));
  };
  auto largest = vendors_by(subjects_of("value_share", year, base, other), share);
  if (largest.size() > kVendorsShown) largest.resize(kVendorsShown);
  for (const auto& subject : largest) all.push_back({"value_share", subject, "share", year});
  const auto moved = [&](const std::string& subject) {
    const Headline of = {"revenue", subject, "USD", year};
    return std::abs(value_of(of, other) - value_of(of, base));
  };
  const auto sellers = vendors_by(subjects_of("revenue", year, base, other), moved);
  if (!sellers.empty()) all.push_back({"revenue", sellers.front(), "USD", year});
  for (const char* indicator : {"installed_training", "installed_decode"}) {
    for (const auto& subject : subjects_of(indicator, year, base, other)) {
      if (subject != "abroad") all.push_back({indicator, subject, "H100e", year});
    }
  }
  for (const auto& subject : subjects_of("pathway", year, base, other)) {
    all.push_back({"pathway", subject, "packages", year});
  }
  return all;
}

std::vector<int> years_of(const Figures& figures) {
  std::set<int> years;
  for (const auto& [name, value] : figures) years.insert(yearly_key(name).year);
  return {years.begin(), years.end()};
}

double distance(const Figures& base, const Figures& other, int year) {
  const auto all = headlines(base, other, year);
  double sum = 0.0;
  for (const Headline& headline : all) {
    const double before = value_of(headline, base), after = value_of(headline, other);
    const double greater = std::max(std::abs(before), std::abs(after));
    if (greater > 0.0) sum += std::abs(after - before) / greater;
  }
  return sum / static_cast<double>(all.size());
}

}  // namespace chokepoint
