#include "sim/scenario/chapters/chapters.hpp"

#include "sim/scenario/reading/read_field.hpp"
#include "sim/scenario/reading/read_sourced.hpp"

namespace chokepoint {

namespace {

constexpr Unit kDivertedPremium = at_least(0.0, 1.0, 100.0, "the list price once more");
constexpr Unit kReferencePremium = at_least(1e-3, 1.0, 100.0, "the list price once more");
constexpr Unit kDivertedElasticity = at_least(0.0, 1.0, 20.0, "a percent per percent");

DiversionRoute read_route(Reading& reading, const Cursor& at) {
  const auto& in = as<pb::DiversionRoute>(at);
  DiversionRoute out;
  out.name = in.name();
  out.country = read_country(at, "country", in.country()).value_or(Country());
  out.capacity = read_required<double>(reading, at, "units_per_month", kPackages);
  return out;
}

Diversion read_diversion(Reading& reading, const Cursor& at) {
  const auto& in = as<pb::Diversion>(at);
  Diversion out;
  out.enabled = in.enabled();
  out.hazard = read_required<double>(reading, at, "hazard_per_month", kShare);
  out.premium = read_required<double>(reading, at, "premium", kDivertedPremium);
  out.reference_premium =
      read_required<double>(reading, at, "reference_premium", kReferencePremium);
  out.elasticity = read_required<double>(reading, at, "elasticity", kDivertedElasticity);
  out.seizure_probability = read_required<double>(reading, at, "seizure_probability", kShare);
  out.delay = read_required<Seconds>(reading, at, "delay_days", kDays);
  read_named(at, "routes", "route",
             [&](const Cursor& route) { out.routes.push_back(read_route(reading, route)); });
  if (out.enabled && out.routes.empty()) {
    at.error("enabled", "diversion without routes",
             "name the countries through which chips go on: routes { ... }");
  }
  return out;
}

OffshoreCapacity read_offshore(Reading& reading, const Cursor& at) {
  const auto& in = as<pb::OffshoreCapacity>(at);
  OffshoreCapacity out;
  out.name = in.name();
  out.country = read_country(at, "country", in.country()).value_or(Country());
  out.device = reading.devices.resolve(at, "device", in.device()).value_or(DeviceId{});
  out.from = read_date(at, "from", in.from()).value_or(Date());
  out.units = read_required<double>(reading, at, "units", kPackages);
  return out;
}

Renting read_renting(Reading& reading, const Cursor& at) {
  const auto& in = as<pb::Renting>(at);
  Renting out;
  out.enabled = in.enabled();
  out.share = read_required<double>(reading, at, "share", kShare);
  out.delay = read_required<Seconds>(reading, at, "delay_days", kDays);
  read_named(at, "offshore", "offshore capacity", [&](const Cursor& offshore) {
    out.offshore.push_back(read_offshore(reading, offshore));
  });
  return out;
}

}  // namespace

void read_evasion(Reading& reading) {
  const Cursor at = reading.root.child("market");
  const auto& in = reading.scenario.market();
  if (in.has_diversion()) {
    reading.world.market.diversion = read_diversion(reading, at.child("diversion"));
  }
  if (in.has_renting()) reading.world.market.renting = read_renting(reading, at.child("renting"));
}

}  // namespace chokepoint
