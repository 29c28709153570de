#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "models/policy/terms.hpp"
#include "models/training/step/step_kinds.hpp"
#include "models/training/step_part.hpp"
#include "models/world.hpp"

namespace chokepoint {

/// The one run of a world, which has its name.
using RunId = Id<struct RunTag>;

/// Where a world keeps the elements of each kind; an id is an index into its list.
struct Lists {
  const World& world;

  const auto& of(DeviceId) const { return world.devices; }
  const auto& of(OrderId) const { return world.orders; }
  const auto& of(PoolId) const { return world.pools; }
  const auto& of(OrgId) const { return world.orgs; }
  const auto& of(SiteId) const { return world.sites; }
  const auto& of(JobId) const { return world.training_jobs; }
  const auto& of(ServiceId) const { return world.services; }
  const auto& of(ServingPoolId) const { return world.served.pools; }
  const auto& of(SupplyId) const { return world.supplies; }
  const auto& of(ComponentId) const { return world.supply.components; }
  const auto& of(StageId) const { return world.supply.stages; }
  const auto& of(StackId) const { return world.stacks; }
  const auto& of(RuleId) const { return world.regime.rules; }
  const auto& of(ExceptionId) const { return world.regime.exceptions; }
  const auto& of(QuotaId) const { return world.regime.quotas; }
  const auto& of(InputId) const { return world.inputs; }
  auto of(RunId) const { return std::span(&world, 1); }
};
template <class Tag>
decltype(auto) elements(const World& world, Id<Tag> kind) {
  return Lists{world}.of(kind);
}

/// The name of an element; of a figure, its path.
template <class Element>
const std::string& name_in(const Element& element) {
  return element.name;
}
inline const std::string& name_in(const Input& input) {
  return input.path;
}

/// The name that `world` gives to an element.
template <class Tag>
const std::string& name_of(const World& world, Id<Tag> id) {
  return name_in(elements(world, id)[id.value]);
}

/// The same, to be compared or printed; empty where there is none.
template <class Tag>
std::string_view view_of(const World& world, std::optional<Id<Tag>> id) {
  return id ? std::string_view(name_of(world, *id)) : std::string_view();
}
template <class Tag>
std::string_view view_of(const World& world, Id<Tag> id) {
  return name_of(world, id);
}

/// Where the packages of `pool` stand.
inline Country country_of(const World& world, PoolId pool) {
  return world.sites[world.pools[pool.value].site.value].country;
}
/// Whose government lets a device out, and whose lets an order's goods in.
inline Country exporter_of(const World& world, DeviceId device) {
  return world.orgs[world.devices[device.value].vendor.value].headquarters;
}
inline Country importer_of(const World& world, OrderId order) {
  return country_of(world, world.orders[order.value].pool);
}

/// The paragraph by which a rule matches a device; empty where it names none.
inline std::string_view clause(const World& world, std::optional<RuleId> rule, DeviceId device) {
  if (!rule) return {};
  return clause_of(world.regime.rules[rule->value].item, world.device_items[device.value].item);
}

/// The letters of a country, which lives as long as it does.
inline std::string_view text_of(const Country& country) {
  return {country.code.data(), country.code.size()};
}

/// What facts call the values of an enumeration, in the order of their declaration.
constexpr auto words(LegalStatus) {
  return std::array<std::string_view, 4>{"legal", "licensed", "diverted", "rented"};
}
constexpr auto words(Channel) {
  return std::array<std::string_view, 2>{"merchant", "captive"};
}
constexpr auto words(ChargeKind) {
  return std::array<std::string_view, 2>{"share", "tariff"};
}
constexpr auto words(ChipUse) {
  return std::array<std::string_view, 3>{"mixed", "training", "inference"};
}

constexpr auto words(StepPart) {
  return kStepPartNames;
}
constexpr auto words(StepGroup) {
  return kStepGroupNames;
}

/// What facts call `value`, such as "diverted".
template <class Enum>
std::string_view word_of(Enum value) {
  static constexpr auto kWords = words(Enum{});
  return kWords[static_cast<std::size_t>(value)];
}

}  // namespace chokepoint
