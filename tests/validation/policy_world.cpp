#include "tests/validation/policy_world.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <sstream>

#include "sim/scenario/compose/compose.hpp"
#include "sim/scenario/read_world.hpp"
#include "tests/paths.hpp"

namespace chokepoint::validation {
namespace {

template <class List>
auto called(const List& list, const std::string& name) {
  return std::find_if(list.begin(), list.end(), [&](const auto& one) { return one.name == name; });
}

}  // namespace

World policy_world_of(const std::string& name, const std::vector<std::string>& sets) {
  const std::string file = source_dir() + "/scenarios/policy/" + name;
  Diagnostics found;
  std::vector<Assignment> assignments;
  for (const auto& set : sets) assignments.push_back(parse_assignment(set).value());
  const auto composed = compose(file, assignments, false, found);
  auto world = composed ? read_catalog(*composed, found) : std::nullopt;
  std::ostringstream wrong;
  print(wrong, found, file);
  INFO(wrong.str());
  REQUIRE(world);
  return std::move(*world);
}

const World& policy_world() {
  static const World world = policy_world_of("policy.textproto", {});
  return world;
}

const NamedItem& item_called(const std::string& name) {
  const World& world = policy_world();
  INFO("no device or item is called '" << name << "'");
  const auto device = called(world.device_items, name);
  if (device != world.device_items.end()) return *device;
  const auto item = called(world.items, name);
  REQUIRE(item != world.items.end());
  return *item;
}

OrgId org_called(const std::string& name) {
  const World& world = policy_world();
  const auto org = called(world.orgs, name);
  INFO("no org is called '" << name << "'");
  REQUIRE(org != world.orgs.end());
  return OrgId{static_cast<std::uint32_t>(org - world.orgs.begin())};
}

Shipment shipment_of(const Item& item, Country to, Country headquarters) {
  Shipment shipment;
  shipment.item = item;
  shipment.from = shipment.exported_from = item.vendor_headquarters;
  shipment.to = to;
  shipment.buyer.headquarters = to;
  shipment.buyer.parent_headquarters = headquarters;
  return shipment;
}

std::string word_of(Verdict verdict) {
  return pb::Verdict_Name(static_cast<pb::Verdict>(static_cast<int>(verdict) + 1));
}

Verdict verdict_called(const std::string& word) {
  pb::Verdict verdict = pb::VERDICT_UNSPECIFIED;
  INFO("no verdict is called '" << word << "'");
  REQUIRE((pb::Verdict_Parse(word, &verdict) && verdict != pb::VERDICT_UNSPECIFIED));
  return static_cast<Verdict>(static_cast<int>(verdict) - 1);
}

}  // namespace chokepoint::validation
