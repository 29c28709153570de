#include "sim/engine/government/rulings.hpp"

#include <tuple>

namespace chokepoint {

namespace {

GateRuling gate_ruling(const Ruling& ruling) {
  return {ruling.verdict, ruling.rule, ruling.exception};
}

bool says_the_same(const RulingGiven& a, const RulingGiven& b) {
  const auto content = [](const RulingGiven& r) {
    return std::tie(r.exporter, r.importer, r.admitted_share, r.refusal_probability, r.wait,
                    r.charged_share);
  };
  return content(a) == content(b);
}

}  // namespace

Rulings::Rulings(const World& world, Agenda& agenda, TraceSink& trace, const Regulator& regulator)
    : EngineComponent(world, agenda, trace), regulator_(regulator), last_(world.orders.size()) {}

void Rulings::update() {
  if (!trace_.hears_reasons()) return;
  for (std::uint32_t i = 0; i < last_.size(); ++i) {
    if (!regulator_.has_news_of(world_.orders[i].device)) continue;
    const RulingGiven given = ruling_on(OrderId{i});
    if (says_the_same(given, last_[i])) continue;
    trace_.record(given);
    last_[i] = given;
  }
}

RulingGiven Rulings::ruling_on(OrderId id) const {
  const Order& order = world_.orders[id.value];
  const Goods goods = goods_of(order);
  const TwoGateRuling ruling = regulator_.judge(goods, ShipmentState::Offered);
  double charged = 0.0;
  for (const Charge& charge : regulator_.terms(goods).charges) charged += charge.share;
  return {agenda_.now(),
          id,
          order.device,
          gate_ruling(ruling.exporter),
          gate_ruling(ruling.importer),
          ruling.admitted_share,
          ruling.refusal_probability,
          ruling.wait,
          charged};
}

}  // namespace chokepoint
