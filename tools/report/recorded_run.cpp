#include "tools/report/recorded_run.hpp"

#include <utility>

#include "sim/scenario/compose/compose.hpp"
#include "sim/sweep/information_set.hpp"
#include "sim/trace/recall.hpp"

namespace chokepoint {

RecordedRun read_run(const std::filesystem::path& trace) {
  TraceReader reader(trace);
  auto world = std::make_unique<const World>(
      world_from(composed_from(reader.manifest().scenario(), trace.string()), {}));
  RunAccount account(*world);
  retell(reader, WorldNames(*world), account);
  return {trace.parent_path(), reader.manifest(), std::move(world), std::move(account),
          reader.truncated()};
}

}  // namespace chokepoint
