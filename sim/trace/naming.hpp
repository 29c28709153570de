#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "models/world.hpp"

namespace chokepoint {

/// The name that `world` gives to an element.
inline const std::string& name_of(const World& world, DeviceId id) {
  return world.devices[id.value].name;
}
inline const std::string& name_of(const World& world, OrderId id) {
  return world.orders[id.value].name;
}
inline const std::string& name_of(const World& world, PoolId id) {
  return world.pools[id.value].name;
}
inline const std::string& name_of(const World& world, OrgId id) {
  return world.orgs[id.value].name;
}
inline const std::string& name_of(const World& world, SiteId id) {
  return world.sites[id.value].name;
}
inline const std::string& name_of(const World& world, JobId id) {
  return world.training_jobs[id.value].name;
}
inline const std::string& name_of(const World& world, SupplyId id) {
  return world.supplies[id.value].name;
}
inline const std::string& name_of(const World& world, RuleId id) {
  return world.regime.rules[id.value].name;
}
inline const std::string& name_of(const World& world, ExceptionId id) {
  return world.regime.exceptions[id.value].name;
}
inline const std::string& name_of(const World& world, QuotaId id) {
  return world.regime.quotas[id.value].name;
}

/// Where the packages of `pool` stand.
inline Country country_of(const World& world, PoolId pool) {
  return world.sites[world.pools[pool.value].site.value].country;
}

/// Assigns into the message's own text, whose memory is there from the fact before.
inline void assign(std::string& text, std::string_view value) {
  text.assign(value);
}

inline void assign(std::string& text, Country country) {
  text.assign(country.code.data(), country.code.size());
}

inline void assign_path(std::string& text, const World& world, std::optional<InputId> input) {
  if (input) text = world.inputs[input->value].path;
}

/// Assigns the name of what there is.
template <class Id>
void assign_name(std::string& text, const World& world, std::optional<Id> id) {
  if (id) assign(text, name_of(world, *id));
}

/// What most facts about an order share.
template <class Message, class Event>
void tell_units(const Event& in, const World& world, Message& fact) {
  fact.Clear();
  assign(*fact.mutable_order(), name_of(world, in.order));
  assign(*fact.mutable_device(), name_of(world, in.device));
  fact.set_units(in.units);
}

}  // namespace chokepoint
