#include "sim/trace/event.hpp"

namespace chokepoint {

TraceLevel level_of(const TraceEvent& event) {
  const bool fine = std::holds_alternative<SegmentBegan>(event) ||
                    std::holds_alternative<SegmentEnded>(event) ||
                    std::holds_alternative<CheckpointSent>(event) ||
                    std::holds_alternative<CheckpointArrived>(event) ||
                    std::holds_alternative<WindowServed>(event);
  return fine ? TraceLevel::Job : TraceLevel::Site;
}

Seconds time_of(const TraceEvent& event) {
  return std::visit([](const auto& fact) { return fact.time; }, event);
}

}  // namespace chokepoint
