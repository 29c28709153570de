#include "tools/zoom/zoomed_run.hpp"

#include <google/protobuf/text_format.h>

#include <stdexcept>
#include <utility>

#include "sim/scenario/read_world.hpp"
#include "sim/zoom/zoomed_study.hpp"
#include "tools/zoom/zoom_report.hpp"

namespace chokepoint {
namespace {

// What a file of this text holds: it is what others will run.
World world_of(const std::string& text) {
  pb::Scenario read;
  Diagnostics found;
  if (google::protobuf::TextFormat::ParseFromString(text, &read)) {
    const Composed composed = composed_from(std::move(read), "zoom.textproto");
    if (auto world = read_world(composed, found)) return std::move(*world);
  }
  std::string wrong = "the study of the site cannot be read";
  for (const Diagnostic& one : found.items()) wrong += "; " + one.message;
  throw std::runtime_error(wrong);
}

}  // namespace

std::variant<FinishedZoom, ZoomRefusal> zoomed_run(const Composed& composed, const World& world,
                                                   const WatchedSite& seen,
                                                   const ZoomQuestion& asked) {
  if (auto refusal = nothing_there(asked, seen)) return std::move(*refusal);
  std::string text = study_text(zoomed_study(composed, world, seen));
  const World study = world_of(text);
  const PlayedSite played = play_site(study);
  const ZoomedRun run{world, study, seen, played, asked};
  FinishedZoom zoom{std::move(text), {}, zoom_text(run), zoom_json(run)};
  for (Table& table :
       std::vector<Table>{zoom_table(run), zoomed_services_table(run), zoomed_jobs_table(run)}) {
    if (!table.is_empty()) zoom.tables.push_back(std::move(table));
  }
  return zoom;
}

}  // namespace chokepoint
