#pragma once

#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "models/calendar.hpp"
#include "models/world.hpp"
#include "sim/indicators/by_name.hpp"
#include "sim/indicators/policy_account.hpp"
#include "sim/indicators/stocks.hpp"
#include "sim/trace/counter_names.hpp"
#include "sim/trace/event.hpp"
#include "sim/trace/sink.hpp"

namespace chokepoint {

/// What one order did with one device in one month. A substitute is another device, bought with
/// the money that a refusal left over.
struct DeliveryKey {
  Date month;
  OrderId order;
  DeviceId device;
  bool substitute = false;

  /// Month, order, device, whether it is a substitute.
  auto names(const World& world) const {
    return std::tuple(month, view_of(world, order), view_of(world, device), substitute);
  }
};

/// Packages and US dollars of one DeliveryKey. A delivery counts in the month of its arrival, so
/// that a month's columns need not add up; an order's do, see OrderClosed.
struct DeliveryMonth {
  double ordered = 0.0;
  double sent = 0.0;
  double delivered = 0.0;
  double refused = 0.0;
  double short_of_supply = 0.0;  ///< Asked of the vendor on the day in vain; may be sent later.
  double filed = 0.0;            ///< Applied for or told of; counted once for each application.
  double revenue_usd = 0.0;
  double government_receipts_usd = 0.0;
  double refused_usd = 0.0;
};

/// Refusals that share month, device, gate and rules.
struct RefusalKey {
  Date month;
  DeviceId device;
  std::optional<Country> exporter, importer;  ///< Governments that held back.
  std::optional<RuleId> exporter_rule, importer_rule;

  /// ISO codes of the governments: "US", "CN", "US+CN".
  std::string gate() const;
  /// Month, device, gate, rule of the exporter and of the importer.
  auto names(const World& world) const {
    return std::tuple(month, view_of(world, device), gate(), view_of(world, exporter_rule),
                      view_of(world, importer_rule));
  }
};

/// Names of the rules of `key`, joined by " + ".
std::string rules_of(const RefusalKey& key, const World& world);

/// What the packages of one RefusalKey would have added, and what that rests on.
struct RefusalMonth {
  double units = 0.0;
  double on_arrival = 0.0;  ///< Of the units: turned back at the border.
  double value_usd = 0.0;
  Capability lost;
  std::set<InputId> least_certain_training, least_certain_prefill, least_certain_decode;
};

/// Whose counter it is.
struct SubjectKey {
  Counter counter;
  std::uint32_t index = 0;

  /// Counter and subject.
  auto names(const World& world) const {
    return std::tuple(counter_name(counter),
                      std::string_view(subject_name(world, {{}, counter, index})));
  }
};

/// Everything that tables and comparisons take from the facts of one run, collected as they happen.
class RunAccount : public TraceSink {
public:
  /// `of` must outlive this.
  explicit RunAccount(const World& of);

  void record(const TraceEvent& event) override;

  /// Last sample of `counter`, summed over its subjects.
  double latest_sum(Counter counter) const;
  Date day_of(Seconds time) const;
  Date month_of(Seconds time) const { return first_of_month(day_of(time)); }

  const World* world;
  PolicyAccount policy;
  NamedMap<DeliveryKey, DeliveryMonth> deliveries{ByName<DeliveryKey>{world}};
  NamedMap<RefusalKey, RefusalMonth> refusals{ByName<RefusalKey>{world}};
  std::vector<OrderClosed> orders;
  std::vector<SupplyBottleneck> bottlenecks;  ///< In order of time.
  Stocks stocks;                              ///< At the end, under way excluded.
  std::vector<CounterSampled> samples;        ///< In order of time.
  NamedMap<SubjectKey, double> latest{ByName<SubjectKey>{world}};

private:
  template <class Event>
  DeliveryMonth& delivery(const Event& in, bool substitute = false);
  void add(const DeliveryDue& in);
  void add(const ShipmentRefused& in);
  void add(const LicenseFiled& in);
  void add(const DeliveryBackordered& in);
  void add(const ShipmentSent& in);
  void add(const ShipmentDelivered& in);
  void add(const OrderClosed& in) { orders.push_back(in); }
  void add(const SupplyBottleneck& in) { bottlenecks.push_back(in); }
  void add(const CounterSampled& in);
};

}  // namespace chokepoint
