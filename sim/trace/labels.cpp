#include "sim/trace/labels.hpp"

#include <cassert>
#include <charconv>
#include <cmath>
#include <variant>

namespace chokepoint {
namespace {

constexpr double kFewDigits = 1e15;  // Below it every whole number is a double.
constexpr std::array<std::string_view, 9> kVerdictNames = {
    "free",     "granted",      "notified",        "discouraged", "presumed approval",
    "informed", "case by case", "presumed denial", "prohibited"};
constexpr std::array<std::string_view, 3> kOutcomeNames = {"granted ", "not granted ",
                                                           "no longer needed for "};

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
  void operator()(const ExceptionBegan& in) const {
    out.text = world.regime.exceptions[in.exception.value].name;
  }
  void operator()(const DeliveryDue& in) const { units("due ", in); }
  void operator()(const ShipmentRefused& in) const {
    units(in.on_arrival ? "turned back " : "refused ", in);
  }
  void operator()(const RulingGiven& in) const {
    const GateRuling& worse = in.importer.verdict > in.exporter.verdict ? in.importer : in.exporter;
    out.text = "ruling: ";
    out.text += kVerdictNames[static_cast<std::size_t>(worse.verdict)];
  }
  void operator()(const LicenseFiled& in) const {
    units(in.verdict == Verdict::Notified ? "notice of " : "application for ", in);
  }
  void operator()(const LicenseDecided& in) const {
    units(kOutcomeNames[static_cast<std::size_t>(in.outcome)], in);
  }
  void operator()(const QuotaDrawn& in) const { units("within quota ", in); }
  void operator()(const QuotaExhausted& in) const { units("waiting for quota ", in); }
  void operator()(const DeliveryBackordered& in) const { units("out of stock ", in); }
  void operator()(const ShipmentSent& in) const {
    units(in.substitute ? "sent instead " : "sent ", in);
  }
  void operator()(const ShipmentDelivered& in) const {
    units(in.substitute ? "delivered instead " : "delivered ", in);
  }
  void operator()(const DeliveryPulled& in) const { units("brought forward ", in); }
  void operator()(const StockWrittenOff& in) const { units("written off ", in); }
  void operator()(const StockRestored& in) const { units("no longer written off ", in); }
  void operator()(const ShipmentSeized& in) const { units("seized ", in); }
  void operator()(const SupplyBottleneck& in) const {
    out.text = "short of ";
    out.text += world.supply.components[in.component.value].name;
  }
  void operator()(const ChoiceMade& in) const {
    out.text = "a year for ";
    out.text += kWorkNames[static_cast<std::size_t>(in.work)];
    out.text += ": wished for ";
    append(out.text, in.wished(), in.device, world);
  }
  void operator()(const FeePaid& in) const {
    out.text = in.kind == ChargeKind::Share ? "share of revenue to " : "duty to ";
    out.text += in.government.text();
    out.text += ", USD ";
    append_count(out.text, in.amount.value);
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
  void operator()(const ExceptionEnded&) const {}
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
