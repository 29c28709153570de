#include "sim/trace/labels.hpp"

#include <cassert>
#include <charconv>
#include <cmath>
#include <variant>

namespace chokepoint {
namespace {

constexpr double kFewDigits = 1e15;  // Below it every whole number is a double.

template <class Number>
void append_number(std::string& text, Number value) {
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  text.append(digits.data(), end);
}

void append(std::string& text, double units, DeviceId device, const World& world) {
  append_count(text, units);
  text += ' ';
  text += world.devices[device.value].name;
}

constexpr std::size_t shared_label(std::string_view label) {
  std::size_t index = 0;
  while (index < kSharedLabels.size() && kSharedLabels[index] != label) ++index;
  return index;
}

/// Writes the label of one event into `out`, which is empty.
struct Labeler {
  const World& world;
  Label& out;

  template <std::size_t index>
  void share() const {
    static_assert(index < kSharedLabels.size());
    out.shared = index;
  }

  template <class Event>
  void units(std::string_view verb, const Event& in) const {
    out.text = verb;
    append(out.text, in.units, in.device, world);
  }

  void operator()(const RuleBegan& in) const {
    const Rule& rule = world.regime.rules[in.rule.value];
    out.text = rule.title.empty() ? rule.name : rule.title;
  }
  void operator()(const LicenseBegan& in) const {
    out.text = world.regime.licenses[in.license.value].name;
  }
  void operator()(const DeliveryDue& in) const { units("due ", in); }
  void operator()(const ShipmentRefused& in) const {
    units(in.on_arrival ? "turned back " : "refused ", in);
  }
  void operator()(const ShipmentNotified& in) const { units("waiting for notice ", in); }
  void operator()(const ShipmentShort& in) const { units("out of stock ", in); }
  void operator()(const ShipmentSent& in) const {
    units(in.substitute ? "sent instead " : "sent ", in);
  }
  void operator()(const ShipmentDelivered& in) const {
    units(in.substitute ? "delivered instead " : "delivered ", in);
  }
  void operator()(const OrderClosed& in) const {
    out.text = "closed: ";
    append_count(out.text, in.delivered);
    out.text += " of ";
    append(out.text, in.ordered, in.device, world);
  }
  void operator()(const JobQueued&) const { share<shared_label("queued")>(); }
  void operator()(const JobPlaced& in) const {
    out.text = "placed on ";
    append_number(out.text, in.nodes);
    out.text += " nodes";
  }
  void operator()(const SegmentBegan&) const { share<shared_label("training")>(); }
  void operator()(const CheckpointSent& in) const {
    out.text = "checkpoint to ";
    out.text += world.sites[in.to.value].name;
  }
  void operator()(const CheckpointArrived& in) const {
    out.text = "checkpoint at ";
    out.text += world.sites[in.to.value].name;
  }
  void operator()(const JobFinished&) const { share<shared_label("finished")>(); }
  void operator()(const JobUnfinished&) const { share<shared_label("unfinished")>(); }
  void operator()(const WindowServed& in) const {
    if (in.unmet > Tokens{}) return share<shared_label("demand not met")>();
    share<shared_label("demand met")>();
  }
  void operator()(const RunEnded&) const { share<shared_label("run ended")>(); }

  void operator()(const RuleEnded&) const {}
  void operator()(const LicenseEnded&) const {}
  void operator()(const SegmentEnded&) const {}
  void operator()(const CounterSampled&) const {}
};

}  // namespace

void assign_label(const TraceEvent& event, const World& world, Label& label) {
  label.shared = kSharedLabels.size();
  label.text.clear();
  std::visit(Labeler{world, label}, event);
}

void append_count(std::string& text, double value) {
  if (!(std::abs(value) < kFewDigits)) return append_number(text, value);
  const std::size_t begin = text.size();
  append_number(text, std::llround(value));
  const std::size_t first_digit = text[begin] == '-' ? begin + 1 : begin;
  for (std::size_t at = text.size(); at > first_digit + 3;) text.insert(at -= 3, 1, ',');
}

}  // namespace chokepoint
