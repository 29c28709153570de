#include "sim/study/causes/hold.hpp"

#include <type_traits>
#include <variant>

namespace chokepoint {

namespace {

Hold refusal(const ShipmentRefused& in) {
  Hold hold{Hold::Kind::Refusal, in.order, in.device, in.units, in.value.value, {}, {}, {}};
  if (in.exporter_rule) hold.rules.insert(*in.exporter_rule);
  if (in.importer_rule) hold.rules.insert(*in.importer_rule);
  return hold;
}

Hold burden(RuleId rule, DeviceId device, Usd cost) {
  return {Hold::Kind::Burden, std::nullopt, device, 0.0, cost.value, {rule}, {}, {}};
}

}  // namespace

HoldReader::HoldReader(const World& world) : world_(world) {
  for (std::uint32_t i = 0; i < world.supply.components.size(); ++i) {
    feeders_.push_back(feeders_of(world.supply, ComponentId{i}));
  }
}

Hold HoldReader::shortage(const SupplyBottleneck& in) const {
  const Date day = world_.calendar().date_at(in.time);
  const double missing = in.wanted ? *in.wanted - in.units : 0.0;
  Hold hold{Hold::Kind::Shortage, std::nullopt, in.device, missing, {}, {}, {}, in};
  hold.usd = missing * list_price_usd(world_, in.device, day);
  for (const StageId stage : feeders_[in.component.value]) {
    for (const RuleId rule : rules_on_stage(world_, stage, first_of_month(day))) {
      hold.rules.insert(rule);
    }
  }
  return hold;
}

Hold HoldReader::quota(QuotaId id, OrderId order, DeviceId device, double packages,
                       Seconds time) const {
  const Date day = world_.calendar().date_at(time);
  Hold hold{Hold::Kind::Quota, order, device, packages, {}, {}, id, {}};
  hold.usd = packages * list_price_usd(world_, device, day);
  const Quota& quota = world_.regime.quotas[id.value];
  if (quota.rule) hold.rules.insert(*quota.rule);
  if (quota.exception) {
    const auto& softened = world_.regime.exceptions[quota.exception->value].rules;
    hold.rules.insert(softened.begin(), softened.end());
  }
  return hold;
}

std::optional<Hold> HoldReader::hold(const TraceEvent& event) const {
  return std::visit(
      [this]<class Event>(const Event& in) -> std::optional<Hold> {
        if constexpr (std::is_same_v<Event, ShipmentRefused>) {
          return refusal(in);
        } else if constexpr (std::is_same_v<Event, SupplyBottleneck>) {
          return shortage(in);
        } else if constexpr (std::is_same_v<Event, QuotaDrawn>) {
          return quota(in.quota, in.order, in.device, 0.0, in.time);
        } else if constexpr (std::is_same_v<Event, QuotaExhausted>) {
          return quota(in.quota, in.order, in.device, in.units, in.time);
        } else if constexpr (std::is_same_v<Event, FeePaid>) {
          return burden(in.rule, world_.orders[in.order.value].device, in.amount);
        } else if constexpr (std::is_same_v<Event, StockWrittenOff>) {
          return burden(in.rule, in.device, in.value);
        } else if constexpr (std::is_same_v<Event, LicenseFiled> ||
                             std::is_same_v<Event, DeliveryPulled> ||
                             std::is_same_v<Event, ShipmentSeized>) {
          return burden(in.rule, in.device, Usd{});
        } else {
          return std::nullopt;
        }
      },
      event);
}

}  // namespace chokepoint
