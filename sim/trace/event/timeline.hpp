#pragma once

#include <variant>

namespace chokepoint {

/// How much detail a trace keeps; each level includes those before it.
enum class TraceLevel { Site, Job, Request };

/// How a fact is drawn.
enum class Timeline { Instant, SliceBegin, SliceEnd, Sample };

// An event says its level as `kLevel` where it is not Site, and how it is drawn
// as `kTimeline` where it is not an instant.

/// The events of one topic.
template <class... Events>
struct EventList {};

template <class First, class... Rest>
struct JoinedLists;
template <class... Events>
struct JoinedLists<EventList<Events...>> {
  using Variant = std::variant<Events...>;
};
template <class... Events, class... More, class... Rest>
struct JoinedLists<EventList<Events...>, EventList<More...>, Rest...>
    : JoinedLists<EventList<Events..., More...>, Rest...> {};

/// One event of any of the topics.
template <class... Lists>
using OneOf = typename JoinedLists<Lists...>::Variant;

}  // namespace chokepoint
