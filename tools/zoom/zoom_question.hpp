#pragma once

#include <optional>
#include <string>
#include <variant>

#include "models/calendar.hpp"
#include "models/world.hpp"
#include "sim/engine/site_watch.hpp"

namespace chokepoint {

/// What a person asks to see closely: "SITE@YYYY-MM-DD+DAYS".
struct ZoomQuestion {
  std::string site;
  Date from;
  int days = 1;
};

/// Days that a zoom takes at most: it is of days, not of years.
inline constexpr int kMostZoomedDays = 366;

/// What is wrong with `text` as such a question, for an option that takes one; empty where nothing
/// is.
std::string zoom_complaint(const std::string& text);

/// Requires: zoom_complaint() is empty.
ZoomQuestion parse_zoom(const std::string& text);

/// Why a question means nothing in a world.
struct ZoomRefusal {
  std::string message, help;
};

/// What is to be looked at in a run of `world`: refused where there is no such site, and where the
/// days are not all in the run.
std::variant<SiteWindow, ZoomRefusal> site_question(const ZoomQuestion& zoom, const World& world);

/// Why what was seen makes no study: nothing has power at the site by then.
std::optional<ZoomRefusal> nothing_there(const ZoomQuestion& zoom, const WatchedSite& seen);

}  // namespace chokepoint
