#pragma once

#include <optional>
#include <string>

#include "models/calendar.hpp"

namespace chokepoint {

/// What is wrong with a text, as it goes on after "start is '...', ", and what to write instead.
struct MomentComplaint {
  std::string wrong, help;
};

/// What is wrong with `text` as a day or a moment, see parse_moment(); nothing where it is one.
/// Texts that mean a moment but write it otherwise, such as with an offset from UTC, get their
/// moment as help.
std::optional<MomentComplaint> moment_complaint(const std::string& text);

/// True in the years 2000 to 2100: figures of other years are not here.
bool is_in_years(Date day);

}  // namespace chokepoint
