#pragma once

#include <string>
#include <variant>
#include <vector>

#include "sim/engine/site_watch.hpp"
#include "sim/scenario/compose/compose.hpp"
#include "tools/print/json_value.hpp"
#include "tools/print/table.hpp"
#include "tools/zoom/zoom_question.hpp"

namespace chokepoint {

/// A zoom that was played, ready to be written and printed.
struct FinishedZoom {
  std::string study;          ///< The cluster study, a scenario file.
  std::vector<Table> tables;  ///< Those of zoom_report that are not empty.
  std::string text;
  JsonValue json;
};

/// Writes the cluster study of what `seen` saw in a run of `world`, reads it as a file would be
/// read and plays it. Refused where nothing has power there. Throws std::runtime_error where the
/// study is none that can be read, with what is wrong. Requires: `world` was read from `composed`.
std::variant<FinishedZoom, ZoomRefusal> zoomed_run(const Composed& composed, const World& world,
                                                   const WatchedSite& seen,
                                                   const ZoomQuestion& asked);

}  // namespace chokepoint
