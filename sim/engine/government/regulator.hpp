#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

#include "models/policy/terms.hpp"
#include "sim/engine/kernel/engine_component.hpp"

namespace chokepoint {

/// Devices of one kind, who gets them and where they come from: what governments judge.
struct Goods {
  DeviceId device;
  PoolId pool;  ///< Where they go.
  OrgId buyer;
  Country exported_from;
};

/// The goods of `order`.
Goods goods_of(const Order& order);

/// A shipment of an item other than a device to the seat of `receiver`, as rules see it.
Shipment shipment_of(const World& world, ItemId item, Country exported_from, OrgId receiver);

/// All governments: announces rules and exceptions as they begin and end, and judges shipments.
/// Answers change on these dates alone, so each is computed once between two of them.
class Regulator : private EngineComponent {
public:
  Regulator(const World& world, Agenda& agenda, TraceSink& trace);

  /// Enters the beginnings and ends that lie in the run, suspensions included. Rules in force at
  /// the start begin there. Rules that are not enabled never begin.
  void start();

  /// `told` is called once on every date on which something begins or ends.
  void on_change(std::function<void()> told) { told_ = std::move(told); }

  /// When `told` is called: whether what began or ended may be about `device`.
  bool has_news_of(DeviceId device) const { return changed_[device.value]; }

  /// What governments say of goods today: `Offered` before they leave, `InFlight` on arrival, where
  /// savings clauses may spare them.
  const TwoGateRuling& judge(const Goods& goods, ShipmentState state) const;
  /// The same on another day, by the rules that hold on that day.
  TwoGateRuling judge_on(Date date, const Goods& goods) const;

  /// `told` is called on every day of the run on which rules become known that will take effect
  /// later: with all rules that are known by then, and with the days on which these take effect.
  /// Rules that become known together are one ban, whatever number of paragraphs it has.
  using Announced = std::function<void(const Regime& known, const std::set<Date>& effective)>;
  void on_announcement(Announced told) { announced_.push_back(std::move(told)); }

  /// What governments say of goods on a day by these rules: the world's, with some switched off.
  TwoGateRuling judge_by(const Regime& regime, Date date, const Goods& goods) const;

  /// The reviews that goods need today before they leave, and the charges on them.
  const Terms& terms(const Goods& goods) const;

  /// The quotas that goods which leave today draw from.
  const std::vector<QuotaId>& quotas(const Goods& goods) const;

  /// The share of a device in `stands_in` that governments let `user` work with from abroad.
  double access_share(OrgId user, DeviceId device, Country stands_in) const;

  /// The share of an item other than a device that governments admit to the seat of `receiver`,
  /// from a country on a day, by other rules than the world's where some are given.
  double admitted_part(ItemId item, Country exported_from, OrgId receiver, Date date,
                       const Regime* by = nullptr) const;

  /// The goods as rules see them.
  Shipment shipment(const Goods& goods, ShipmentState state) const;

private:
  /// The days on which something begins and ends that changes what `rules` say.
  void announce(const Validity& validity, const TraceEvent& began, const TraceEvent& ended,
                const std::vector<RuleId>& rules);
  void record(TraceEvent event, const std::vector<RuleId>& rules);
  std::map<Date, std::set<Date>> announcements() const;
  void announce_ahead(const std::set<Date>& effective) const;
  /// The rules of all governments as known today: those announced later are off.
  Regime known_regime() const;
  /// Forgets the answers about everything that a rule covers.
  void forget_answers(RuleId rule);
  const std::vector<RuleId>& about(const Goods& goods) const {
    return about_device_[goods.device.value];
  }

  std::function<void()> told_;
  std::vector<Announced> announced_;
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
