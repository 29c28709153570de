#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "models/world.hpp"
#include "sim/trace/event.hpp"

namespace chokepoint {

/// What many events are called alike; a trace says each of these once and then its number.
inline constexpr std::array<std::string_view, 7> kSharedLabels = {
    "queued", "training", "finished", "unfinished", "demand met", "demand not met", "run ended",
};

/// What an event is called on the timeline: one of kSharedLabels or a text of its own. Neither
/// where its track says it all, as with samples and ends of slices.
struct Label {
  std::size_t shared = kSharedLabels.size();  ///< Index; the size where it is none of them.
  std::string text;

  bool is_shared() const { return shared < kSharedLabels.size(); }
};

/// Overwrites `label` with what `event` is called, such as "refused 20,000 nv_h20_96".
void assign_label(const TraceEvent& event, const World& world, Label& label);

/// Appends `value`, rounded to a whole number, with commas between thousands. A value that has no
/// such number, or has more than 15 digits, is appended in the shortest form.
void append_count(std::string& text, double value);

}  // namespace chokepoint
