#include "sim/trace/event.hpp"

namespace chokepoint {

TraceLevel level_of(const TraceEvent& event) {
  return std::visit(
      []<class Event>(const Event&) {
        if constexpr (requires { Event::kLevel; }) return Event::kLevel;
        return TraceLevel::Site;
      },
      event);
}

Timeline timeline_of(const TraceEvent& event) {
  return std::visit(
      []<class Event>(const Event&) {
        if constexpr (requires { Event::kTimeline; }) return Event::kTimeline;
        return Timeline::Instant;
      },
      event);
}

Seconds time_of(const TraceEvent& event) {
  return std::visit([](const auto& fact) { return fact.time; }, event);
}

}  // namespace chokepoint
