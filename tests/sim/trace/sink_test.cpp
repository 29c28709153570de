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

TEST_CASE("tee: reasons are heard where one of its sinks hears them", "[trace][sink]") {
  struct Deaf : MemorySink {
    bool hears_reasons() const override { return false; }
  } deaf;
  MemorySink all;
  CHECK(Tee({&deaf, &all}).hears_reasons());
  CHECK_FALSE(Tee({&deaf}).hears_reasons());
}

}  // namespace
}  // namespace chokepoint
