#include "sim/study/causes/indicator_question.hpp"

#include <map>
#include <set>
#include <sstream>
#include <vector>

#include "sim/indicators/listing.hpp"
#include "sim/indicators/regions.hpp"
#include "sim/scenario/text/phrases.hpp"
#include "sim/trace/world_names.hpp"

namespace chokepoint {

namespace {

constexpr std::size_t kYearDigits = 4, kMonthDigits = 7;

std::string joined_words(const std::set<std::string>& words) {
  std::string text;
  for (const auto& word : words) {
    text += text.empty() ? "" : ", ";
    text += word.empty() ? "(none)" : word;
  }
  return text;
}

/// Subjects with their unit, by indicator.
std::map<std::string, std::map<std::string, std::string>> known_indicators(const Figures& figures) {
  std::map<std::string, std::map<std::string, std::string>> known;
  for (const auto& [key, value] : figures) {
    known[key.indicator][key.subject] = key.unit;
  }
  return known;
}

template <class Map>
std::set<std::string> keys_of_map(const Map& map) {
  std::set<std::string> keys;
  for (const auto& [key, value] : map) keys.insert(key);
  return keys;
}

std::vector<std::string> parts_of_subject(const std::string& subject) {
  std::vector<std::string> parts;
  std::istringstream in(subject);
  for (std::string part; std::getline(in, part, '/');) parts.push_back(part);
  return parts;
}

void narrow(Scope& scope, const WorldNames& names, const std::string& word) {
  for (const Region region : {Region::Mainland, Region::Offshore, Region::Abroad}) {
    if (word == region_name(region) || word == pool_region_name(region)) scope.region = region;
  }
  if (const auto org = names.find<OrgId>(word)) scope.vendor = org;
  if (const auto site = names.find<SiteId>(word)) scope.site = site;
  if (const auto rule = names.find<RuleId>(word)) scope.rule = rule;
}

void narrow_to_pathway(Scope& scope, const std::string& pathway) {
  if (pathway == "domestic" || pathway == "stockpile") {
    scope.vendors_from = kHomeCountry;
  } else {
    scope.vendors_not = kHomeCountry;
  }
  if (pathway == "rented") scope.region = Region::Offshore;
}

}  // namespace

std::optional<Period> parse_period(const std::string& text) {
  if (text.size() == kYearDigits) {
    const auto first = parse_date(text + "-01-01");
    if (!first) return std::nullopt;
    return Period{*first, add_months(*first, 12), text, true};
  }
  const auto first = text.size() == kMonthDigits ? parse_date(text + "-01") : std::nullopt;
  if (!first) return std::nullopt;
  return Period{*first, add_months(*first, 1), format_month(*first), false};
}

Period period_before(const Period& period) {
  const Date from = add_months(period.from, period.is_year ? -12 : -1);
  const std::string month = format_month(from);
  return {from, period.from, period.is_year ? month.substr(0, kYearDigits) : month, period.is_year};
}

std::optional<NoAnswer> no_answer_outside(const World& world, const Period& period) {
  if (period.until > world.start && period.from < world.end) return std::nullopt;
  return NoAnswer{concat(period.text, " is not in the run"),
                  concat("it goes from ", format_date(world.first_day()), " to ",
                         format_date(world.end_day() - std::chrono::days(1)))};
}

std::optional<IndicatorQuestion> parse_indicator_question(const std::string& text) {
  const std::size_t at = text.rfind('@');
  if (at == std::string::npos || at == 0) return std::nullopt;
  const auto period = parse_period(text.substr(at + 1));
  if (!period) return std::nullopt;
  return IndicatorQuestion{text.substr(0, at), *period};
}

std::variant<YearlyKey, NoAnswer> resolve(const std::string& what, const Period& period,
                                          const Figures& figures) {
  const auto known = known_indicators(figures);
  const std::size_t space = what.find(' ');
  const std::string name = what.substr(0, space);
  const auto indicator = known.find(name);
  if (indicator == known.end()) {
    return NoAnswer{concat("nothing is known of '", what, "'"),
                    concat("ask for a device that somebody wanted in the run, for 'all', or for an "
                           "indicator of its years: ",
                           joined_words(keys_of_map(known)))};
  }
  const YearlyIndicator* listed = listed_indicator(name);
  if (!period.is_year && listed != nullptr && listed->is_of_years_alone) {
    return NoAnswer{concat(name, " is told of years"),
                    concat("ask for '", what, "@", period.text.substr(0, kYearDigits), "'")};
  }
  const auto& subjects = indicator->second;
  const bool is_named = space != std::string::npos;
  const bool is_only = !is_named && subjects.size() == 1;
  const auto subject =
      is_only ? subjects.begin() : subjects.find(is_named ? what.substr(space + 1) : std::string());
  if (subject == subjects.end()) {
    return NoAnswer{
        is_named ? concat(name, " knows no '", what.substr(space + 1), "'")
                 : concat(name, " is told of more than one thing"),
        concat("write '", name, " OF@DATE' with one of ", joined_words(keys_of_map(subjects)))};
  }
  const int year = year_of(period.from);
  return YearlyKey{name, subject->first, subject->second, year};
}

Scope scope_of(const World& world, const YearlyKey& key) {
  Scope scope;
  if (key.indicator == "pathway") {
    narrow_to_pathway(scope, key.subject);
    return scope;
  }
  const WorldNames names(world);
  for (const auto& part : parts_of_subject(key.subject)) narrow(scope, names, part);
  const YearlyIndicator* listed = listed_indicator(key.indicator);
  if (listed != nullptr && listed->is_of_mainland) scope.region = Region::Mainland;
  return scope;
}

bool is_in(const World& world, const Scope& scope, const Order& order) {
  const Region region = region_of(world, order);
  if (scope.region && region != *scope.region) return false;
  const bool is_anywhere = scope.region || scope.site || scope.rule;
  if (!is_anywhere && region == Region::Abroad) return false;
  if (scope.site && world.pools[order.pool.value].site != *scope.site) return false;
  const OrgId vendor = world.ultimate_parent(world.devices[order.device.value].vendor);
  if (scope.vendor && vendor != *scope.vendor) return false;
  const Country seat = world.orgs[vendor.value].headquarters;
  if (scope.vendors_from && seat != *scope.vendors_from) return false;
  return !scope.vendors_not || seat != *scope.vendors_not;
}

}  // namespace chokepoint
