#pragma once

#include <string>
#include <vector>

#include "models/world.hpp"
#include "sim/engine/site_watch.hpp"
#include "sim/zoom/zoomed_site.hpp"
#include "tools/print/json_value.hpp"
#include "tools/print/table.hpp"
#include "tools/zoom/zoom_question.hpp"

namespace chokepoint {

/// One site both ways: as a long run had it, and as its cluster study was played.
struct ZoomedRun {
  const World& world;       ///< Of the long run.
  const World& study;       ///< What was played.
  const WatchedSite& seen;  ///< By segments.
  const PlayedSite& played;
  ZoomQuestion asked;
};

/// What both ways say, and by how many percent the zoom is above the segments: "zoom".
Table zoom_table(const ZoomedRun& run);

/// What requests met, by service and pool: "zoom_services". Empty where nothing serves.
Table zoomed_services_table(const ZoomedRun& run);

/// Training jobs both ways: "zoom_jobs". Empty where none trains, by neither way.
Table zoomed_jobs_table(const ZoomedRun& run);

/// The answer in two sentences, then the tables, none wider than 80 columns, then what of it was
/// played and what the study leaves out.
std::string zoom_text(const ZoomedRun& run);

/// All of it for programs: schema "chokepoint.run.zoom/1".
JsonValue zoom_json(const ZoomedRun& run);

}  // namespace chokepoint
