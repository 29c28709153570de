#pragma once

#include <optional>
#include <string>
#include <variant>

#include "models/ecosystem/region.hpp"
#include "models/world.hpp"
#include "sim/indicators/figures.hpp"

namespace chokepoint {

/// A month or a year.
struct Period {
  Date from, until;  ///< Days [from, until).
  std::string text;  ///< "2025" or "2025-06".
  bool is_year = false;
};

/// "2025" or "2025-06"; nothing where it is neither. What binds on one day is not told.
std::optional<Period> parse_period(const std::string& text);
/// The one before, as long.
Period period_before(const Period& period);

/// What is asked about, and when.
struct IndicatorQuestion {
  std::string what;  ///< "delivered mainland/nvidia", or a device.
  Period period;
};

/// "WHAT@DATE"; nothing where it is not that.
std::optional<IndicatorQuestion> parse_indicator_question(const std::string& text);

/// Why a question has no answer, and what there is instead.
struct NoAnswer {
  std::string error, help;
};

/// Why there is none of a period no day of which is in the run; nothing where one is.
std::optional<NoAnswer> no_answer_outside(const World& world, const Period& period);

/// The figure that `what` names among those of a run: an indicator, a space and a subject, which
/// may be left out where there is one alone. Its year is that of the period.
std::variant<YearlyKey, NoAnswer> resolve(const std::string& what, const Period& period,
                                          const Figures& figures);

/// The orders that an indicator rests on.
struct Scope {
  std::optional<Region> region;         ///< Unset: wherever Chinese users have chips.
  std::optional<OrgId> vendor;          ///< Ultimate parent.
  std::optional<Country> vendors_from;  ///< Seat of the vendor,
  std::optional<Country> vendors_not;   ///< or not that.
  std::optional<SiteId> site;
  std::optional<RuleId> rule;  ///< Only what this one refused.
};

/// What an indicator rests on, by the words of its subject: regions, vendors, kinds of pathway,
/// sites, rules. Another word narrows nothing.
Scope scope_of(const World& world, const YearlyKey& key);

/// True where `order` is in it; rules aside.
bool is_in(const World& world, const Scope& scope, const Order& order);

}  // namespace chokepoint
