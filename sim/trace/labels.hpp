#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "models/world.hpp"
#include "sim/trace/event.hpp"
#include "sim/trace/naming.hpp"

namespace chokepoint {

/// What many events are called alike; a trace says each of these once and then its number.
inline constexpr std::array<std::string_view, 13> kSharedLabels = {
    "queued", "training", "finished", "unfinished", "demand met", "demand not met", "run ended",
    "queue",  "prefill",  "transfer", "decode",     "refused",    "lost",
};

/// Index of `label` among the shared ones; their number where it is none of them.
constexpr std::size_t shared_label(std::string_view label) {
  std::size_t index = 0;
  while (index < kSharedLabels.size() && kSharedLabels[index] != label) ++index;
  return index;
}

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

/// Appends to a label what a listing says of an event; returns itself for more.
struct Labeler {
  const World& world;
  Label& label;

  template <std::size_t index>
  void shared() const {
    static_assert(index < kSharedLabels.size());
    label.shared = index;
  }
  const Labeler& text(std::string_view part) const;
  const Labeler& count(double value) const;
  const Labeler& number(int value) const;
  const Labeler& verdict(Verdict verdict) const;
  /// Such as "20,000 nv_h20_96".
  const Labeler& packages(double units, DeviceId device) const;

  template <class Tag>
  const Labeler& name(Id<Tag> id) const {
    return text(name_of(world, id));
  }
  /// What happened to the units of an event.
  template <class Event>
  void units(std::string_view verb, const Event& in) const {
    text(verb).packages(in.units, in.device);
  }
};

}  // namespace chokepoint
