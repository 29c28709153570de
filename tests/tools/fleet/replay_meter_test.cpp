#include "tools/fleet/replay_meter.hpp"

#include <sstream>

#include "tests/tools/fleet/shipped_cluster.hpp"

namespace chokepoint {
namespace {

std::string said(ProgressStyle style, double seconds_per_look) {
  const Cluster cluster = shipped_cluster("hgx_h20");
  PlannedFleet fleet = planned(cluster, small_question());
  Listed source = even_requests(5120);
  std::ostringstream out;
  double now = 0;
  ReplayMeter meter(out, style, 5120, "hgx_h20",
                    [&] { return std::chrono::duration<double>(now += seconds_per_look); });
  replay(fleet, source, {&meter});
  meter.finish();
  return out.str();
}

TEST_CASE("replay meter: a short replay says its last line alone", "[fleet]") {
  CHECK(said(ProgressStyle::Silent, 1).empty());
  const std::string last = said(ProgressStyle::Bar, 1e-4);
  CHECK(last.rfind("replayed 5,120 requests on hgx_h20 in ", 0) == 0);
}

TEST_CASE("replay meter: a long one tells how far it has come", "[fleet]") {
  const std::string lines = said(ProgressStyle::Lines, 1);
  CHECK(lines.find(" 50 %  2,560 of 5,120 requests on hgx_h20") != std::string::npos);
  CHECK(std::count(lines.begin(), lines.end(), '\n') == 10);
  CHECK(said(ProgressStyle::Bar, 1).find(kEraseLine) != std::string::npos);
}

}  // namespace
}  // namespace chokepoint
