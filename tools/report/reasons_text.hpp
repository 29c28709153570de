#pragma once

#include <optional>
#include <string>

#include "sim/indicators/run_account.hpp"

namespace chokepoint {

/// Whose deliveries are asked about, and when.
struct Question {
  std::string subject;  ///< A device, or "all".
  std::string period;   ///< A month, YYYY-MM, or a year.
};

/// What was ordered and delivered of the subject in the period, and what held the rest back,
/// greatest first: rules with the government that they belong to, and shortages with the component
/// and the stage that bound the making, in how many months of a year. Nothing where the run knows
/// no such subject.
std::optional<std::string> reasons_text(const RunAccount& run, const Question& question);

}  // namespace chokepoint
