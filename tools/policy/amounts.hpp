#pragma once

#include <string>
#include <utility>
#include <vector>

#include "models/policy/regime.hpp"
#include "models/world.hpp"

namespace chokepoint {

/// What a ruling lets through, takes and makes wait for, each as a label and a sentence; only what
/// there is to say. Ranges and confidence stand with the figures that have them.
std::vector<std::pair<std::string, std::string>> amounts(const Ruling& ruling, const World& world);

/// "50 % of revenue (estimated, 10 .. 100 %, source guess)" of a figure in [0, 1], with `of` what
/// it is a share of: "of revenue".
std::string share_of(const Sourced<double>& share, const std::string& of, const World& world);

/// "25 days (reported)", "60 days (estimated, 30 .. 120 days)".
std::string days_of(const Sourced<Seconds>& time, const World& world);

/// "half of what is sold at home; per product; begins anew every year".
std::string quota_text(const Quota& quota, const World& world);

/// "2025-04-09 on", "2023-11-17 until 2024-04-04, suspended 2025-11-10 until 2026-11-10".
std::string dates_text(Date announced, const Validity& validity);

/// The same of a rule or an exception.
template <class Measure>
std::string dates_text(const Measure& measure) {
  return dates_text(measure.announced, measure.validity);
}

/// "us_memory of 2025-04-09": what a reaction that came answers.
std::string occasion_text(const Answer& answer, const World& world);

}  // namespace chokepoint
