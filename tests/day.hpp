#pragma once

#include <string_view>

#include "models/calendar.hpp"

namespace chokepoint {

/// The day written as YYYY-MM-DD. Requires: it is one.
inline Date day(std::string_view text) {
  return parse_date(text).value();
}

}  // namespace chokepoint
