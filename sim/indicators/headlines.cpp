#include "sim/indicators/headlines.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include "sim/indicators/listing.hpp"
#include "sim/indicators/regions.hpp"

namespace chokepoint {

namespace {

constexpr std::size_t kVendorsShown = 2;

std::string in_mainland(const std::string& vendor) {
  return region_name(Region::Mainland) + "/" + vendor;
}

/// The first figure of an indicator in a year whose subject is not before `subject`.
Figures::const_iterator first_of(const Figures& figures, const YearlyKey& key,
                                 const std::string& subject) {
  return figures.lower_bound({key.indicator, subject, "", key.year});
}

bool is_of(const Figures& figures, Figures::const_iterator at, const YearlyKey& key) {
  return at != figures.end() && at->first.year == key.year && at->first.indicator == key.indicator;
}

/// Two runs in a year.
struct Pair {
  const Figures& base;
  const Figures& other;
  int year;

  /// Subjects of an indicator, of either run, in order.
  std::vector<std::string> subjects(const YearlyIndicator& of) const {
    const YearlyKey key = of.of("", year);
    std::set<std::string> found;
    for (const Figures* figures : {&base, &other}) {
      for (auto at = first_of(*figures, key, ""); is_of(*figures, at, key); ++at) {
        found.insert(at->first.subject);
      }
    }
    return {found.begin(), found.end()};
  }
};

/// Vendors in the mainland, that with the most first by `size`; ties by name.
template <class Size>
std::vector<std::string> vendors_by(std::vector<std::string> subjects, const Size& size) {
  std::erase_if(subjects,
                [](const auto& subject) { return !subject.starts_with(in_mainland("")); });
  std::ranges::stable_sort(subjects,
                           [&](const auto& a, const auto& b) { return size(a) > size(b); });
  return subjects;
}

std::vector<std::string> largest_vendors(const YearlyIndicator& of, const Pair& pair) {
  auto vendors = vendors_by(pair.subjects(of), [&](const std::string& subject) {
    const YearlyKey key = of.of(subject, pair.year);
    return std::max(value_of(key, pair.base), value_of(key, pair.other));
  });
  if (vendors.size() > kVendorsShown) vendors.resize(kVendorsShown);
  return vendors;
}

std::vector<std::string> most_moved_vendor(const YearlyIndicator& of, const Pair& pair) {
  auto vendors = vendors_by(pair.subjects(of), [&](const std::string& subject) {
    const YearlyKey key = of.of(subject, pair.year);
    return std::abs(value_of(key, pair.other) - value_of(key, pair.base));
  });
  if (!vendors.empty()) vendors.resize(1);
  return vendors;
}

std::vector<std::string> leading_subjects(const YearlyIndicator& of, const Pair& pair) {
  switch (of.lead) {
    case Lead::None:
      return {};
    case Lead::Mainland:
      return {in_mainland("*")};
    case Lead::Units:
      return {"units"};
    case Lead::LargestVendors:
      return largest_vendors(of, pair);
    case Lead::MostMovedVendor:
      return most_moved_vendor(of, pair);
    case Lead::NotAbroad:
    case Lead::All:
      break;
  }
  auto subjects = pair.subjects(of);
  if (of.lead == Lead::NotAbroad) std::erase(subjects, region_name(Region::Abroad));
  return subjects;
}

}  // namespace

double value_of(const Headline& headline, const Figures& figures) {
  if (headline.subject != in_mainland("*")) return value_or_none(figures, headline);
  const std::string start = in_mainland("");
  double sum = 0.0;
  for (auto at = first_of(figures, headline, start); is_of(figures, at, headline); ++at) {
    if (!at->first.subject.starts_with(start)) break;
    sum += at->second;
  }
  return sum;
}

std::vector<Headline> headlines(const Figures& base, const Figures& other, int year) {
  const Pair pair{base, other, year};
  std::vector<Headline> all;
  for (const YearlyIndicator& of : kYearlyIndicators) {
    for (const auto& subject : leading_subjects(of, pair)) all.push_back(of.of(subject, year));
  }
  return all;
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
