#include "sim/trace/sink.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

TEST_CASE("tee: every sink gets every fact, in their order", "[trace][sink]") {
  MemorySink first, second;
  Tee tee({&first, &second});
  tee.record(JobQueued{1_days, JobId{0}});
  tee.record(RunEnded{2_days});
  CHECK(first.events == std::vector<TraceEvent>{JobQueued{1_days, JobId{0}}, RunEnded{2_days}});
  CHECK(second.events == first.events);
}

}  // namespace
}  // namespace chokepoint
