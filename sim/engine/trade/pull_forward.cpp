#include "sim/engine/trade/pull_forward.hpp"

#include <algorithm>
#include <cmath>

namespace chokepoint {

namespace {

/// Share of what is asked for that is expected to move.
double expected_share(const TwoGateRuling& ruling) {
  return ruling.admitted_share * (1.0 - ruling.refusal_probability);
}

/// Takes what was pulled out of what is spare.
void take(const std::vector<Pull>& pulls, std::vector<Spare>& spare) {
  for (const Pull& pull : pulls) {
    const auto day = std::ranges::find(spare, pull.to, &Spare::date);
    day->units -= pull.units;
  }
}

}  // namespace

PullForward::PullForward(const World& world, Agenda& agenda, TraceSink& trace,
                         const Regulator& regulator, const Supply& supply, Marketplace& market)
    : EngineComponent(world, agenda, trace),
      regulator_(regulator),
      supply_(supply),
      market_(market) {}

void PullForward::start() {
  if (world_.market.pull_forward_share.value <= 0.0) return;
  for (std::uint32_t i = 0; i < world_.regime.rules.size(); ++i) {
    const Rule& rule = world_.regime.rules[i];
    const Date known = std::max(rule.announced, world_.first_day());
    const bool leaves_time = known < rule.validity.effective && known < world_.end;
    if (!rule.enabled || !leaves_time) continue;
    agenda_.at(world_.opening(known), Phase::PullForward,
               [this, rule_id = RuleId{i}] { on_announced(rule_id); });
  }
}

void PullForward::on_announced(RuleId rule) {
  for (std::uint32_t i = 0; i < world_.supplies.size(); ++i) on_line(rule, SupplyId{i});
}

void PullForward::on_line(RuleId id, SupplyId line) {
  const Rule& rule = world_.regime.rules[id.value];
  const DeviceId device = world_.supplies[line.value].device;
  std::vector<Spare> spare = this->spare(rule, line);
  for (std::uint32_t i = 0; i < world_.orders.size(); ++i) {
    const Order& order = world_.orders[i];
    if (order.device != device || !will_hold_back(rule, order)) continue;
    const auto due = candidates(OrderId{i});
    const auto pulls = pull_forward(due, window(rule), spare);
    take(pulls, spare);
    for (const Pull& pull : pulls) {
      asked_.emplace(OrderId{i}, pull.delivery);
      trace_.record(DeliveryPulled{agenda_.now(), OrderId{i}, device, pull.units, id,
                                   world_.opening(due[pull.delivery].date),
                                   world_.opening(pull.to)});
      market_.bring_forward(OrderId{i}, static_cast<std::uint32_t>(pull.delivery), pull.units,
                            pull.to);
    }
  }
}

bool PullForward::will_hold_back(const Rule& rule, const Order& order) const {
  const Date first = rule.validity.effective;
  const Goods goods = goods_of(order);
  if (!applies(rule, regulator_.shipment(goods, ShipmentState::Offered), first)) return false;
  const Date before = first - std::chrono::days{1};
  return expected_share(regulator_.judge_on(first, goods)) <
         expected_share(regulator_.judge_on(before, goods));
}

std::vector<Spare> PullForward::spare(const Rule& rule, SupplyId line) const {
  const SupplyLine& schedule = world_.supplies[line.value];
  const auto promised = this->promised(rule, line);
  const double now = supply_.stock(line) - market_.waiting(line);
  const auto there = [&](Date date) { return now + produced(schedule, today(), date); };

  std::vector<Date> days = {today()};
  for (Date day = add_months(first_of_month(today()), 1); day < rule.validity.effective;
       day = add_months(day, 1)) {
    days.push_back(day);
  }
  std::vector<Spare> spare;
  double counted = 0.0;
  for (const Date day : days) {
    double due = 0.0, least = there(day);
    for (const auto& [date, units] : promised) {
      due += units;
      least = std::min(least, there(std::max(day, date)) - due);
    }
    const double units = std::max(0.0, std::floor(least + 1e-6) - counted);
    counted += units;
    spare.push_back({day, units});
  }
  return spare;
}

std::map<Date, double> PullForward::promised(const Rule& rule, SupplyId line) const {
  std::map<Date, double> result;
  for (std::uint32_t i = 0; i < world_.orders.size(); ++i) {
    const Order& order = world_.orders[i];
    if (order.device != world_.supplies[line.value].device) continue;
    const double later =
        will_hold_back(rule, order)
            ? regulator_.judge_on(rule.validity.effective, goods_of(order)).admitted_share
            : 1.0;
    for (const auto& [date, units] : market_.promised(OrderId{i})) {
      result[date] += date < rule.validity.effective ? units : units * later;
    }
  }
  return result;
}

std::vector<DueDelivery> PullForward::candidates(OrderId order) const {
  std::vector<DueDelivery> due = market_.deliveries(order);
  for (std::size_t i = 0; i < due.size(); ++i) {
    if (asked_.count({order, i}) > 0) due[i].units = 0.0;
  }
  return due;
}

PullWindow PullForward::window(const Rule& rule) const {
  return {today(), rule.validity.effective, world_.market.pull_forward_share.value,
          world_.market.pull_forward_horizon_days};
}

}  // namespace chokepoint
