#include "sim/engine/regulator.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>
#include <variant>

namespace chokepoint {

namespace {

/// Days from `start` on, in order, on which what holds may change.
std::set<Date> days_of_change(const Validity& validity, Date start) {
  std::set<Date> days = {std::max(validity.effective, start)};
  const auto add = [&](std::optional<Date> day) {
    if (day && *day > start) days.insert(*day);
  };
  add(validity.ended);
  for (const Suspension& suspension : validity.suspensions) {
    add(suspension.from);
    add(suspension.until);
  }
  return days;
}

}  // namespace

Regulator::Regulator(const World& world, Agenda& agenda, TraceSink& trace)
    : world_(world), agenda_(agenda), trace_(trace) {}

void Regulator::start() {
  const auto& [rules, exceptions, quotas] = world_.regime;
  for (std::uint32_t i = 0; i < rules.size(); ++i) {
    if (!rules[i].enabled) continue;
    announce(rules[i].validity, RuleBegan{{}, RuleId{i}}, RuleEnded{{}, RuleId{i}});
  }
  for (std::uint32_t i = 0; i < exceptions.size(); ++i) {
    if (!exceptions[i].enabled) continue;
    announce(exceptions[i].validity, ExceptionBegan{{}, ExceptionId{i}},
             ExceptionEnded{{}, ExceptionId{i}});
  }
}

void Regulator::announce(const Validity& validity, const TraceEvent& began,
                         const TraceEvent& ended) {
  bool held = false;
  for (const Date date : days_of_change(validity, world_.start)) {
    const bool holds = validity.holds_on(date);
    if (holds == held) continue;
    held = holds;
    agenda_.at(world_.calendar().at(date), Phase::Policy,
               [this, event = holds ? began : ended] { record(event); });
  }
}

void Regulator::record(TraceEvent event) {
  std::visit([this](auto& fact) { fact.time = agenda_.now(); }, event);
  trace_.record(event);
  if (told_) told_();
}

TwoGateRuling Regulator::judge(const Consignment& goods, Stage stage) const {
  return chokepoint::judge(world_.regime, shipment(goods, stage), today());
}

TwoGateRuling Regulator::judge_on(Date date, const Consignment& goods) const {
  return chokepoint::judge(world_.regime, shipment(goods, Stage::Offered), date);
}

Terms Regulator::terms(const Consignment& goods) const {
  return terms_of(world_.regime, shipment(goods, Stage::Offered), today());
}

std::vector<QuotaId> Regulator::quotas(const Consignment& goods) const {
  return world_.regime.quotas_of(shipment(goods, Stage::Offered), today());
}

Shipment Regulator::shipment(const Consignment& goods, Stage stage) const {
  Shipment result;
  result.item = world_.device_items[goods.device.value].item;
  result.from = result.item.vendor_headquarters;
  result.exported_from = goods.exported_from;
  result.to = world_.sites[world_.pools[goods.pool.value].site.value].country;
  result.buyer = world_.party(goods.buyer);
  result.stage = stage;
  return result;
}

Consignment consignment_of(const Order& order) {
  return {order.device, order.pool, order.buyer, order.exported_from};
}

}  // namespace chokepoint
