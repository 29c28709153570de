#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "models/policy/terms.hpp"
#include "models/world.hpp"
#include "sim/engine/kernel/agenda.hpp"
#include "sim/trace/sink.hpp"

namespace chokepoint {

/// Goods and their way, as governments look at them.
struct Goods {
  DeviceId device;
  PoolId pool;  ///< Where they go.
  OrgId buyer;
  Country exported_from;
};

/// The goods of `order`.
Goods goods_of(const Order& order);

/// A thing other than a device on its way to the seat of `receiver`, as rules see it.
Shipment shipment_of(const World& world, ItemId item, Country exported_from, OrgId receiver);

/// All governments: announces rules and exceptions as they begin and end, and rules on shipments.
/// Between two such dates nothing that they say changes, so that it is worked out once.
class Regulator {
public:
  Regulator(const World& world, Agenda& agenda, TraceSink& trace);

  /// Enters the beginnings and ends that lie in the run, suspensions included. What is in force at
  /// the start begins then; what is not enabled never does.
  void start();

  /// `told` is called once on every date on which something begins or ends.
  void on_change(std::function<void()> told) { told_ = std::move(told); }

  /// When `told` is called: whether what began or ended may be about `device`.
  bool has_news_of(DeviceId device) const { return changed_[device.value]; }

  /// What governments say today of goods at a state of their way: `Offered` before they leave,
  /// `InFlight` on arrival, when savings clauses spare them.
  const TwoGateRuling& judge(const Goods& goods, ShipmentState state) const;
  /// The same on another day, by the rules that will hold then.
  TwoGateRuling judge_on(Date date, const Goods& goods) const;

  /// The rules of all governments as far as they are known today: what was announced later is off.
  Regime known_regime() const;
  /// What governments will say of goods on a day by such rules, which are the world's, some off.
  TwoGateRuling judge_by(const Regime& regime, Date date, const Goods& goods) const;

  /// The reviews that goods need today before they leave, and the charges on them.
  const Terms& terms(const Goods& goods) const;

  /// The quotas that goods which leave today draw from.
  const std::vector<QuotaId>& quotas(const Goods& goods) const;

  /// Of a device that stands in a country, the share that governments let `user` work with from
  /// afar.
  double access_share(OrgId user, DeviceId device, Country stands_in) const;

  /// Share of a thing other than a device that governments admit to `receiver`, at its seat, from a
  /// country on a day.
  double admitted_part(ItemId item, Country exported_from, OrgId receiver, Date date) const;

  /// The goods as rules see them.
  Shipment shipment(const Goods& goods, ShipmentState state) const;

private:
  /// The days on which something begins and ends that changes what `rules` say.
  void announce(const Validity& validity, const TraceEvent& began, const TraceEvent& ended,
                const std::vector<RuleId>& rules);
  void record(TraceEvent event, const std::vector<RuleId>& rules);
  /// Forgets what was answered of everything that a rule is about.
  void forget_answers(RuleId rule);
  Date today() const { return world_.calendar().date_at(agenda_.now()); }
  const std::vector<RuleId>& about(const Goods& goods) const {
    return about_device_[goods.device.value];
  }

  const World& world_;
  Agenda& agenda_;
  TraceSink& trace_;
  std::function<void()> told_;
  bool is_telling_ = false;  // An entry of today will.
  // Rules that are about each device, work with it from afar, and each item.
  std::vector<std::vector<RuleId>> about_device_, about_access_, about_item_;
  std::vector<bool> changed_;  // By device: something about it, since `told_` was called.

  // What was asked since something about the device last began or ended.
  struct Answers {
    std::optional<TwoGateRuling> offered, in_flight;
    std::optional<Terms> terms;
    std::optional<std::vector<QuotaId>> quotas;
  };
  Answers& answers(const Goods& goods) const;
  using AnswersByWay =
      std::unordered_map<std::uint64_t, Answers>;  // Looked up, never gone through.
  mutable std::vector<AnswersByWay> answers_;      // By device.
};

}  // namespace chokepoint
