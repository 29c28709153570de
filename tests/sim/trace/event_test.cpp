#include "sim/trace/event.hpp"

#include <catch2/catch.hpp>
#include <vector>

#include "tests/sim/trace/small_world.hpp"

namespace chokepoint {
namespace {

TEST_CASE("event: segments, checkpoints and windows are of the level job, requests of their own",
          "[trace][event]") {
  std::vector<TraceEvent> fine, finest;
  for (const auto& event : one_of_every_kind()) {
    if (level_of(event) == TraceLevel::Job) fine.push_back(event);
    if (level_of(event) == TraceLevel::Request) finest.push_back(event);
  }
  REQUIRE(finest.size() == 4);
  CHECK(std::holds_alternative<PhaseBegan>(finest[0]));
  CHECK(std::holds_alternative<ReplicaSampled>(finest[3]));
  REQUIRE(fine.size() == 16);
  CHECK(std::holds_alternative<SegmentBegan>(fine[0]));
  CHECK(std::holds_alternative<SegmentEnded>(fine[1]));
  CHECK(std::holds_alternative<CheckpointSent>(fine[2]));
  CHECK(std::holds_alternative<CheckpointArrived>(fine[3]));
  CHECK(std::holds_alternative<WindowServed>(fine[4]));
  CHECK(std::holds_alternative<RunPhaseBegan>(fine[5]));
  CHECK(std::holds_alternative<RunPhaseEnded>(fine[6]));
  CHECK(std::holds_alternative<RunSaved>(fine[7]));
  CHECK(std::holds_alternative<StepBegan>(fine[8]));
  CHECK(std::holds_alternative<ExchangeEnded>(fine[13]));
  CHECK(std::holds_alternative<NodeHeld>(fine[14]));
  CHECK(std::holds_alternative<NodeLeft>(fine[15]));
}

TEST_CASE("event: its time is the time of the fact", "[trace][event]") {
  CHECK(time_of(RunEnded{3_days}) == 3_days);
  CHECK(time_of(JobQueued{5_hours, JobId{0}}) == 5_hours);
}

}  // namespace
}  // namespace chokepoint
