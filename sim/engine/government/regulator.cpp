#include "sim/engine/government/regulator.hpp"

#include <algorithm>
#include <cassert>
#include <variant>

namespace chokepoint {

Regulator::Regulator(const World& world, Agenda& agenda, TraceSink& trace)
    : EngineComponent(world, agenda, trace) {
  for (const auto& device : world.device_items) {
    about_device_.push_back(rules_about(world.regime, device.item));
    about_access_.push_back(rules_about(world.regime, remote_access(device.item, {}, {}).item));
  }
  for (const auto& item : world.items) about_item_.push_back(rules_about(world.regime, item.item));
  answers_.resize(about_device_.size());
  changed_.resize(about_device_.size());
}

void Regulator::start() {
  const auto& [rules, exceptions, quotas] = world_.regime;
  for (std::uint32_t i = 0; i < rules.size(); ++i) {
    if (!rules[i].enabled) continue;
    announce(rules[i].validity, RuleBegan{{}, RuleId{i}}, RuleEnded{{}, RuleId{i}}, {RuleId{i}});
  }
  for (std::uint32_t i = 0; i < exceptions.size(); ++i) {
    if (!exceptions[i].enabled) continue;
    announce(exceptions[i].validity, ExceptionBegan{{}, ExceptionId{i}},
             ExceptionEnded{{}, ExceptionId{i}}, exceptions[i].rules);
  }
  for (const auto& [day, effective] : announcements()) {
    agenda_.at(world_.opening(day), Phase::BuyAhead,
               [this, days = effective] { announce_ahead(days); });
  }
}

void Regulator::announce_ahead(const std::set<Date>& effective) const {
  if (announced_.empty()) return;
  const Regime known = known_regime();
  for (const Announced& told : announced_) told(known, effective);
}

void Regulator::announce(const Validity& validity, const TraceEvent& began, const TraceEvent& ended,
                         const std::vector<RuleId>& rules) {
  bool held = false;
  for (const Date day : days_of_change(validity)) {
    const Date date = std::max(day, world_.first_day());
    const bool holds = validity.holds_on(date);
    if (holds == held) continue;
    held = holds;
    agenda_.at(world_.opening(date), Phase::RulesChange,
               [this, event = holds ? began : ended, rules] { record(event, rules); });
  }
}

void Regulator::record(TraceEvent event, const std::vector<RuleId>& rules) {
  for (const RuleId rule : rules) forget_answers(rule);
  std::visit([this](auto& fact) { fact.time = agenda_.now(); }, event);
  trace_.record(event);
  if (!told_ || is_telling_) return;
  is_telling_ = true;  // Once for all that changes on a date.
  agenda_.at(agenda_.now(), Phase::NewRulings, [this] {
    is_telling_ = false;
    told_();
    std::fill(changed_.begin(), changed_.end(), false);
  });
}

void Regulator::forget_answers(RuleId rule) {
  // What a list of parties says of those whom they own is said by other rules.
  const bool is_about_all = world_.regime.rules[rule.value].lists_parties;
  for (std::size_t i = 0; i < answers_.size(); ++i) {
    const auto& about = about_device_[i];
    if (!is_about_all && !std::ranges::binary_search(about, rule)) continue;
    answers_[i].clear();
    changed_[i] = true;
  }
}

double Regulator::access_share(OrgId user, DeviceId device, Country stands_in) const {
  const Shipment access =
      remote_access(world_.device_items[device.value].item, stands_in, world_.party(user));
  return chokepoint::judge(world_.regime, about_access_[device.value], access, today())
      .admitted_share;
}

double Regulator::admitted_part(ItemId item, Country exported_from, OrgId receiver, Date date,
                                const Regime* by) const {
  const Shipment part = shipment_of(world_, item, exported_from, receiver);
  const Regime& regime = by != nullptr ? *by : world_.regime;
  return chokepoint::judge(regime, about_item_[item.value], part, date).admitted_share;
}

Regulator::Answers& Regulator::answers(const Goods& goods) const {
  const std::uint64_t country = static_cast<unsigned char>(goods.exported_from.code[0]) * 256U +
                                static_cast<unsigned char>(goods.exported_from.code[1]);
  assert(goods.pool.value < 1U << 16 && goods.buyer.value < 1U << 16);
  const std::uint64_t way =
      (std::uint64_t{goods.pool.value} << 32) | (std::uint64_t{goods.buyer.value} << 16) | country;
  return answers_[goods.device.value][way];
}

const TwoGateRuling& Regulator::judge(const Goods& goods, ShipmentState state) const {
  assert(state != ShipmentState::Installed);
  Answers& known = answers(goods);
  auto& ruling = state == ShipmentState::Offered ? known.offered : known.in_flight;
  if (!ruling) {
    ruling = chokepoint::judge(world_.regime, about(goods), shipment(goods, state), today());
  }
  return *ruling;
}

TwoGateRuling Regulator::judge_on(Date date, const Goods& goods) const {
  return judge_by(world_.regime, date, goods);
}

std::map<Date, std::set<Date>> Regulator::announcements() const {
  std::map<Date, std::set<Date>> announced;
  for (const Rule& rule : world_.regime.rules) {
    const Date known = rule.announced, effective = rule.validity.effective;
    const bool is_told = known >= world_.first_day() && known < effective && known < world_.end;
    if (rule.enabled && is_told) announced[known].insert(effective);
  }
  return announced;
}

Regime Regulator::known_regime() const {
  Regime known = world_.regime;
  for (Rule& rule : known.rules) rule.enabled = rule.enabled && rule.announced <= today();
  for (Exception& exception : known.exceptions) {
    exception.enabled = exception.enabled && exception.announced <= today();
  }
  return known;
}

TwoGateRuling Regulator::judge_by(const Regime& regime, Date date, const Goods& goods) const {
  return chokepoint::judge(regime, about(goods), shipment(goods, ShipmentState::Offered), date);
}

const Terms& Regulator::terms(const Goods& goods) const {
  auto& terms = answers(goods).terms;
  if (!terms) {
    terms = terms_of(world_.regime, about(goods), shipment(goods, ShipmentState::Offered), today());
  }
  return *terms;
}

const std::vector<QuotaId>& Regulator::quotas(const Goods& goods) const {
  auto& quotas = answers(goods).quotas;
  if (!quotas) {
    quotas =
        world_.regime.quotas_of(about(goods), shipment(goods, ShipmentState::Offered), today());
  }
  return *quotas;
}

Shipment Regulator::shipment(const Goods& goods, ShipmentState state) const {
  Shipment result;
  result.item = world_.device_items[goods.device.value].item;
  result.from = result.item.vendor_headquarters;
  result.exported_from = goods.exported_from;
  result.to = world_.sites[world_.pools[goods.pool.value].site.value].country;
  result.buyer = world_.party(goods.buyer);
  result.state = state;
  return result;
}

Shipment shipment_of(const World& world, ItemId item, Country exported_from, OrgId receiver) {
  Shipment part;
  part.item = world.items[item.value].item;
  part.from = part.item.vendor_headquarters;
  part.exported_from = exported_from;
  part.buyer = world.party(receiver);
  part.to = part.buyer.headquarters;
  return part;
}

Goods goods_of(const Order& order) {
  return {order.device, order.pool, order.buyer, order.exported_from};
}

}  // namespace chokepoint
