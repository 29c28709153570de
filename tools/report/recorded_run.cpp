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
  ObstacleFinder finder = mainland_obstacles(*world);
  Tee tee({&account, &finder});
  retell(reader, WorldNames(*world), tee);
  auto held_back = finder.obstacles();
  return {trace.parent_path(), reader.manifest(),  std::move(world),
          std::move(account),  reader.truncated(), std::move(held_back)};
}

ObstacleFinder mainland_obstacles(const World& world) {
  Scope scope;
  scope.region = Region::Mainland;
  return {world, scope, Period{first_of_month(world.first_day()), world.end_day(), "", false}};
}

}  // namespace chokepoint
