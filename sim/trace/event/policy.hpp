#pragma once

#include <optional>

#include "models/ids.hpp"
#include "models/policy/regime.hpp"
#include "models/policy/terms.hpp"
#include "models/units.hpp"
#include "sim/trace/event/timeline.hpp"

namespace chokepoint {

struct RuleBegan {
  static constexpr Timeline kTimeline = Timeline::SliceBegin;
  Seconds time;
  RuleId rule;
  bool operator==(const RuleBegan&) const = default;
};
struct RuleEnded {
  static constexpr Timeline kTimeline = Timeline::SliceEnd;
  Seconds time;
  RuleId rule;
  bool operator==(const RuleEnded&) const = default;
};
struct ExceptionBegan {
  static constexpr Timeline kTimeline = Timeline::SliceBegin;
  Seconds time;
  ExceptionId exception;
  bool operator==(const ExceptionBegan&) const = default;
};
struct ExceptionEnded {
  static constexpr Timeline kTimeline = Timeline::SliceEnd;
  Seconds time;
  ExceptionId exception;
  bool operator==(const ExceptionEnded&) const = default;
};

/// What one gate says, without the numbers.
struct GateRuling {
  Verdict verdict = Verdict::Free;
  std::optional<RuleId> rule;
  std::optional<ExceptionId> exception;
  bool operator==(const GateRuling&) const = default;
};

/// What governments say of the goods of an order from now on, where it differs from before.
struct RulingGiven {
  Seconds time;
  OrderId order;
  DeviceId device;
  GateRuling exporter, importer;
  double admitted_share = 1.0;       ///< Of the units asked for, by both together.
  double refusal_probability = 0.0;  ///< Of one application: the greatest.
  Seconds wait;                      ///< Longest review, before it is drawn.
  double charged_share = 0.0;        ///< Of the price, by both together.
  bool operator==(const RulingGiven&) const = default;
};

/// Capability in reference devices, usable: what a number of packages would have added.
struct Capability {
  double training_h100e = 0.0;
  double prefill_h100e = 0.0;
  double decode_h100e = 0.0;
  bool operator==(const Capability&) const = default;
};

/// Units that a government held back for good. Both rules are set where both hold back.
struct ShipmentRefused {
  Seconds time;
  OrderId order;
  DeviceId device;
  double units = 0.0;
  Gate gate = Gate::None;  ///< Never None.
  std::optional<RuleId> exporter_rule, importer_rule;
  bool on_arrival = false;  ///< Turned back at the border; else never sent.
  Usd value;                ///< At the order's price.
  Capability lost;
  /// Figure behind each part of `lost` that deserves the least trust.
  std::optional<InputId> least_certain_training, least_certain_prefill, least_certain_decode;
  bool operator==(const ShipmentRefused&) const = default;
};

/// An application or a notice for units that wait for the decision.
struct LicenseFiled {
  Seconds time;
  OrderId order;
  DeviceId device;
  double units = 0.0;
  RuleId rule;                           ///< That asks for it,
  std::optional<ExceptionId> exception;  ///< or that this softens.
  Verdict verdict = Verdict::Free;       ///< Under which it is decided; Notified: a notice.
  Seconds until;                         ///< When it will be decided.
  bool operator==(const LicenseFiled&) const = default;
};

/// How an application ended. Void: nothing asks for it any more.
enum class LicenseOutcome { Granted, Refused, Void };
struct LicenseDecided {
  Seconds time;
  OrderId order;
  DeviceId device;
  double units = 0.0;
  RuleId rule;
  std::optional<ExceptionId> exception;
  LicenseOutcome outcome = LicenseOutcome::Granted;
  bool operator==(const LicenseDecided&) const = default;
};

/// Units that leave within a quota.
struct QuotaDrawn {
  Seconds time;
  QuotaId quota;
  OrderId order;
  DeviceId device;
  double units = 0.0;
  double left = 0.0;  ///< Whole packages of the device that it still lets through.
  bool operator==(const QuotaDrawn&) const = default;
};

/// Units that a quota does not cover on the day; they wait until it grows or begins anew.
struct QuotaExhausted {
  Seconds time;
  QuotaId quota;
  OrderId order;
  DeviceId device;
  double units = 0.0;
  bool operator==(const QuotaExhausted&) const = default;
};

/// Money that one rule or exception takes of a delivery.
struct FeePaid {
  Seconds time;
  OrderId order;
  Country government;
  RuleId rule;                           ///< That charges the duty, or that the exception softens.
  std::optional<ExceptionId> exception;  ///< With a share of revenue.
  ChargeKind kind = ChargeKind::Share;
  Usd amount;
  bool operator==(const FeePaid&) const = default;
};

/// Units of a delivery that their buyer has brought forward, before a rule holds them back.
struct DeliveryPulled {
  Seconds time;
  OrderId order;
  DeviceId device;
  double units = 0.0;
  RuleId rule;       ///< That was announced.
  Seconds from, to;  ///< When they were due and when they are due now.
  bool operator==(const DeliveryPulled&) const = default;
};

/// Stock of a vendor that no order may move any more, at the device's price.
struct StockWrittenOff {
  Seconds time;
  SupplyId supply;
  DeviceId device;
  double units = 0.0;
  Usd value;
  RuleId rule;  ///< That holds it back.
  bool operator==(const StockWrittenOff&) const = default;
};
/// Stock that was written off and may move again.
struct StockRestored {
  Seconds time;
  SupplyId supply;
  DeviceId device;
  double units = 0.0;
  Usd value;
  bool operator==(const StockRestored&) const = default;
};

/// Diverted units that were seized on their way.
struct ShipmentSeized {
  Seconds time;
  OrderId order;
  DeviceId device;
  double units = 0.0;
  RuleId rule;  ///< That last held the order back.
  bool operator==(const ShipmentSeized&) const = default;
};

/// Facts of which governments are the cause.
using PolicyEvents =
    EventList<RuleBegan, RuleEnded, ExceptionBegan, ExceptionEnded, RulingGiven, ShipmentRefused,
              LicenseFiled, LicenseDecided, QuotaDrawn, QuotaExhausted, FeePaid, DeliveryPulled,
              StockWrittenOff, StockRestored, ShipmentSeized>;

}  // namespace chokepoint
