#include "sim/engine/regulator.hpp"

#include <algorithm>
#include <utility>
#include <variant>

namespace chokepoint {

Regulator::Regulator(const World& world, Agenda& agenda, TraceSink& trace)
    : world_(world), agenda_(agenda), trace_(trace) {}

void Regulator::start() {
  for (std::uint32_t i = 0; i < world_.regime.rules.size(); ++i) {
    announce(world_.regime.rules[i].validity, RuleBegan{{}, RuleId{i}}, RuleEnded{{}, RuleId{i}});
  }
  for (std::uint32_t i = 0; i < world_.regime.licenses.size(); ++i) {
    announce(world_.regime.licenses[i].validity, LicenseBegan{{}, LicenseId{i}},
             LicenseEnded{{}, LicenseId{i}});
  }
}

void Regulator::announce(const Validity& validity, const TraceEvent& began,
                         const TraceEvent& ended) {
  const Date first = std::max(validity.effective, world_.start);
  if (!validity.holds_on(first)) return;
  agenda_.at(world_.calendar().at(first), Phase::Policy, [this, began] { record(began); });
  if (!validity.ended) return;
  agenda_.at(world_.calendar().at(*validity.ended), Phase::Policy,
             [this, ended] { record(ended); });
}

void Regulator::record(TraceEvent event) {
  std::visit([this](auto& fact) { fact.time = agenda_.now(); }, event);
  trace_.record(event);
  if (told_) told_();
}

TwoGateRuling Regulator::judge(DeviceId device, PoolId pool, OrgId buyer) const {
  return chokepoint::judge(world_.regime, shipment(device, pool, buyer),
                           world_.calendar().date_at(agenda_.now()));
}

TwoGateRuling Regulator::judge_import(DeviceId device, PoolId pool, OrgId buyer) const {
  const Shipment goods = shipment(device, pool, buyer);
  TwoGateRuling result;
  result.importer = world_.regime.judge(goods.to, goods, world_.calendar().date_at(agenda_.now()));
  result.admitted_share = result.importer.admitted_share;
  if (result.admitted_share < 1.0) result.gate = Gate::Importer;
  return result;
}

Shipment Regulator::shipment(DeviceId device, PoolId pool, OrgId buyer) const {
  const DeviceSpec& spec = world_.devices[device.value];
  const Country vendor = world_.orgs[spec.vendor.value].headquarters;
  const Org& org = world_.orgs[buyer.value];
  const Site& site = world_.sites[world_.pools[pool.value].site.value];
  return {
      item_of(device, spec, vendor), vendor, site.country, {buyer, org.headquarters, org.classes}};
}

}  // namespace chokepoint
