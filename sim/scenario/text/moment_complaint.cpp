#include "sim/scenario/text/moment_complaint.hpp"

#include <regex>

namespace chokepoint {

namespace {

constexpr std::size_t kLongestMoment = 40;  // Nobody means one by more.

int number(const std::string& digits) {
  return digits.empty() ? 0 : std::stoi(digits);
}

// "+08:00", "-0530" or "+08".
std::chrono::minutes offset(const std::string& text) {
  const int hours = number(text.substr(1, 2));
  const int minutes = number(text.size() > 3 ? text.substr(text.size() - 2) : "");
  return (text[0] == '-' ? -1 : 1) * (std::chrono::hours(hours) + std::chrono::minutes(minutes));
}

}  // namespace

std::optional<MomentComplaint> moment_complaint(const std::string& text) {
  if (parse_moment(text)) return std::nullopt;
  static const std::regex form(
      R"((\d{4}-\d{2}-\d{2})[Tt ](\d{2}):(\d{2})(:\d{2})?([.,]\d+)?([Zz]|[+-]\d{2}(:?\d{2})?)?)");
  std::smatch found;
  const bool is_clock = text.size() <= kLongestMoment && std::regex_match(text, found, form);
  const auto day = parse_date(is_clock ? found[1].str() : text.substr(0, 10));
  if (!day && (is_clock || text.size() == 10)) {
    return MomentComplaint{"not a day of the calendar",
                           "write a day as YYYY-MM-DD or a moment as YYYY-MM-DDTHH:MM:SSZ"};
  }
  if (!is_clock) {
    return MomentComplaint{"neither a day nor a moment",
                           "write a day as YYYY-MM-DD or a moment as YYYY-MM-DDTHH:MM:SSZ"};
  }
  const int hours = number(found[2]), minutes = number(found[3]);
  const int seconds = found[4].matched ? number(found[4].str().substr(1)) : 0;
  if (hours == 24 && minutes == 0 && seconds == 0) {
    return MomentComplaint{"past the end of its day", "midnight begins the next day: write " +
                                                          format_date(*day + std::chrono::days(1))};
  }
  if (hours > 23 || minutes > 59 || seconds > 59) {
    return MomentComplaint{"not a time of day",
                           "hours go up to 23, minutes and seconds up to 59; no second is a leap "
                           "second"};
  }
  const std::string zone = found[6];
  const bool has_offset = !zone.empty() && zone[0] != 'Z' && zone[0] != 'z';
  const Moment local = *day + std::chrono::hours(hours) + std::chrono::minutes(minutes) +
                       std::chrono::seconds(seconds);
  const std::string meant = format_moment(has_offset ? local - offset(zone) : local);
  if (has_offset) return MomentComplaint{"with an offset", "times are UTC: write " + meant};
  if (zone.empty()) return MomentComplaint{"without a Z", "times are UTC: write " + meant};
  if (found[5].matched) {
    return MomentComplaint{"with a fraction of a second",
                           "times are whole seconds: write " + meant};
  }
  return MomentComplaint{"not written as moments are", "write " + meant};
}

bool is_in_years(Date day) {
  const std::chrono::year year = std::chrono::year_month_day(day).year();
  return year >= std::chrono::year(2000) && year <= std::chrono::year(2100);
}

}  // namespace chokepoint
