#pragma once

#include <optional>
#include <tuple>
#include <variant>
#include <vector>

#include "models/calendar.hpp"
#include "models/world.hpp"
#include "sim/indicators/by_name.hpp"
#include "sim/trace/event.hpp"
#include "sim/trace/naming.hpp"
#include "sim/trace/sink.hpp"

namespace chokepoint {

/// Applications of one order under one rule in one month, that of filing or of the decision.
struct LicenseKey {
  Date month;
  OrderId order;
  DeviceId device;
  RuleId rule;
  std::optional<ExceptionId> exception;

  /// Month, order, device, rule, exception.
  auto names(const World& world) const {
    return std::tuple(month, view_of(world, order), view_of(world, device), view_of(world, rule),
                      view_of(world, exception));
  }
};
struct LicenseMonth {
  double filed = 0.0, granted = 0.0, refused = 0.0, lapsed = 0.0;  ///< Packages.
};

/// What one quota does for one device in one month.
struct QuotaKey {
  Date month;
  QuotaId quota;
  DeviceId device;

  /// Month, quota, device.
  auto names(const World& world) const {
    return std::tuple(month, view_of(world, quota), view_of(world, device));
  }
};
struct QuotaMonth {
  double drawn = 0.0;    ///< Packages.
  double waiting = 0.0;  ///< Packages that it did not cover when they asked.
  double left = 0.0;     ///< Packages, after the last draw.
};

/// Money that one rule or exception takes of one order in one month.
struct FeeKey {
  Date month;
  OrderId order;
  Country government;
  ChargeKind kind = ChargeKind::Share;
  RuleId rule;
  std::optional<ExceptionId> exception;

  /// Month, order, government, "share" or "tariff", rule, exception.
  auto names(const World& world) const {
    return std::tuple(month, view_of(world, order), text_of(government), word_of(kind),
                      view_of(world, rule), view_of(world, exception));
  }
};

/// How a party adapts.
using Adaptation = std::variant<DeliveryPulled, StockWrittenOff, StockRestored, ShipmentSeized>;

/// What tables take from the facts of policy of one run.
class PolicyAccount : public TraceSink {
public:
  /// `of` must outlive this.
  explicit PolicyAccount(const World& of) : world(&of) {}

  /// Takes the fact where it is one of policy.
  void record(const TraceEvent& event) override;

  const World* world;
  std::vector<RulingGiven> rulings;  ///< In order of time.
  NamedMap<LicenseKey, LicenseMonth> licenses{ByName<LicenseKey>{world}};
  NamedMap<QuotaKey, QuotaMonth> quotas{ByName<QuotaKey>{world}};
  NamedMap<FeeKey, double> fees_usd{ByName<FeeKey>{world}};
  std::vector<Adaptation> adaptations;  ///< In order of time.

private:
  Date month_of(Seconds time) const;
  template <class Event>
  LicenseMonth& license(const Event& in);
  template <class Event>
  QuotaMonth& quota(const Event& in);
};

}  // namespace chokepoint
