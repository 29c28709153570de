#include "tools/zoom/zoom_question.hpp"

#include <fmt/format.h>

#include <cassert>
#include <charconv>
#include <regex>
#include <vector>

#include "sim/scenario/text/phrases.hpp"
#include "sim/scenario/text/spelling.hpp"

namespace chokepoint {
namespace {

constexpr const char* kExample = "such as horinger@2025-06-01+3";

std::optional<std::smatch> parts_of(const std::string& text) {
  static const std::regex form(R"(([^@]+)@(\d{4}-\d{2}-\d{2})\+(-?\d+))");
  std::smatch found;
  return std::regex_match(text, found, form) ? std::optional(found) : std::nullopt;
}

std::optional<int> number_in(const std::string& text) {
  int number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ec == std::errc() ? std::optional(number) : std::nullopt;
}

}  // namespace

std::string zoom_complaint(const std::string& text) {
  const auto parts = parts_of(text);
  if (!parts) {
    return concat(in_quotes(text), " is no SITE@YYYY-MM-DD+DAYS, ", kExample);
  }
  const std::string day = parts->str(2), days = parts->str(3);
  if (!parse_date(day)) return concat(in_quotes(day), " is no day, ", kExample);
  const auto number = number_in(days);
  if (number && *number >= 1 && *number <= kMostZoomedDays) return "";
  return concat(days, " is no number of days from 1 to ", double{kMostZoomedDays}, ", ", kExample);
}

ZoomQuestion parse_zoom(const std::string& text) {
  const auto parts = parts_of(text);
  assert(parts);
  return {parts->str(1), parse_date(parts->str(2)).value(), number_in(parts->str(3)).value()};
}

std::variant<SiteWindow, ZoomRefusal> site_question(const ZoomQuestion& zoom, const World& world) {
  std::vector<std::string> names;
  for (const Site& site : world.sites) names.push_back(site.name);
  SiteWindow asked;
  for (std::uint32_t i = 0; i < names.size(); ++i) {
    if (names[i] == zoom.site) asked.site = SiteId{i};
  }
  if (names.empty() || names[asked.site.value] != zoom.site) {
    return ZoomRefusal{concat("no site ", in_quotes(zoom.site), " in ", world.name),
                       did_you_mean(zoom.site, names, "there are " + listed(names))};
  }
  for (std::uint32_t i = 0; i < world.pools.size(); ++i) {
    if (world.pools[i].site != asked.site || world.lending_of(PoolId{i}) == nullptr) continue;
    return ZoomRefusal{concat("a service lends of pool ", in_quotes(world.pools[i].name)),
                       "a zoom does not lend yet: leave lending out of the share"};
  }
  const Calendar calendar = world.calendar();
  const Date until = zoom.from + std::chrono::days{zoom.days};
  asked.from = calendar.at(zoom.from);
  asked.until = calendar.at(until);
  const std::string lasts = fmt::format("the run lasts from {} to {}", format_moment(world.start),
                                        format_moment(world.end));
  if (asked.from < Seconds{} || asked.from >= world.horizon()) {
    return ZoomRefusal{concat(format_date(zoom.from), " is outside of the run"),
                       lasts + ": zoom into a day of it"};
  }
  if (asked.until > world.horizon()) {
    return ZoomRefusal{fmt::format("{} days from {} on end on {}, after the run", zoom.days,
                                   format_date(zoom.from), format_date(until)),
                       lasts + ": take fewer days, or an earlier one"};
  }
  return asked;
}

std::optional<ZoomRefusal> nothing_there(const ZoomQuestion& zoom, const WatchedSite& seen) {
  if (seen.powered_nodes() > 0) return std::nullopt;
  return ZoomRefusal{
      fmt::format("no node at {} has power on {}", in_quotes(zoom.site), format_date(zoom.from)),
      "zoom into a later day, when something is installed there"};
}

}  // namespace chokepoint
