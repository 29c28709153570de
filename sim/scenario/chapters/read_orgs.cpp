#include "sim/scenario/chapters/chapters.hpp"

#include <algorithm>
#include <optional>

#include "sim/scenario/reading/read_field.hpp"
#include "sim/scenario/text/phrases.hpp"
#include "sim/scenario/text/spelling.hpp"

namespace chokepoint {

namespace {

BuyerClassId class_of_name(World& world, const std::string& name) {
  auto& names = world.buyer_classes;
  const auto known = std::ranges::find(names, name);
  const BuyerClassId id{static_cast<std::uint32_t>(known - names.begin())};
  if (known == names.end()) names.push_back(name);
  return id;
}

// Stakes in `org` as far as they are written; a parent without one owns the whole.
void read_owners(Reading& reading, const Cursor& at, OrgId org, std::optional<OrgId> parent) {
  const auto& in = as<pb::Org>(at);
  double sum = 0.0;
  bool names_parent = false;
  for (const Cursor& owner_at : at.children("owners")) {
    const auto owner = reading.orgs.resolve(owner_at, "org", as<pb::Owner>(owner_at).org());
    const auto share = read_number(owner_at, "share", kFraction);
    if (!owner || !share) continue;
    sum += *share;
    names_parent = names_parent || owner == parent;
    reading.world.stakes.push_back({*owner, org, *share});
  }
  if (sum > 1.0 + 1e-9) {
    at.error("owners", concat("owners of ", in_quotes(in.name()), " hold ", sum, " of it"),
             "shares add up to 1 at most");
  }
  if (parent && !names_parent) {
    reading.world.stakes.push_back({*parent, org, std::max(0.0, 1.0 - sum)});
  }
}

constexpr int kMostParents = 64;  // proto/market: Org.parent.

// Reports parents that close a circle or are too many above each other, and leaves them out of the
// world, so that whoever asks for the ultimate parent finds an end. Follows every parent once.
void check_parents(Reading& reading) {
  constexpr int kUnknown = -1, kBelow = -2;
  auto& orgs = reading.world.orgs;
  std::vector<int> above(orgs.size(), kUnknown);  // Parents above each.
  const auto cut = [&](std::uint32_t org, const std::string& complaint) {
    reading.root.child("orgs", static_cast<int>(org))
        .error("parent", concat(in_quotes(orgs[org].name), complaint),
               "leave the parent of one of them out");
    orgs[org].parent.reset();
  };
  for (std::uint32_t i = 0; i < orgs.size(); ++i) {
    std::vector<std::uint32_t> path;
    for (std::optional<OrgId> at = OrgId{i}; at && above[at->value] == kUnknown;) {
      above[at->value] = kBelow;
      path.push_back(at->value);
      at = orgs[at->value].parent;
    }
    for (; !path.empty(); path.pop_back()) {
      const std::uint32_t org = path.back();
      const auto parent = orgs[org].parent;
      if (parent && above[parent->value] == kBelow) {
        cut(org, " owns itself by way of its parents");
      } else if (parent && above[parent->value] >= kMostParents) {
        cut(org, concat(" has more than ", kMostParents, " parents above it"));
      }
      above[org] = orgs[org].parent ? above[orgs[org].parent->value] + 1 : 0;
    }
  }
}

}  // namespace

void read_orgs(Reading& reading) {
  for (int i = 0; i < reading.scenario.orgs_size(); ++i) {
    const auto& in = reading.scenario.orgs(i);
    const Cursor at = reading.root.child("orgs", i);
    Org out{in.name(), in.display().empty() ? in.name() : in.display(), {}, {}, {}};
    if (in.has_parent()) out.parent = reading.orgs.resolve(at, "parent", in.parent());
    out.headquarters = read_country(at, "headquarters", in.headquarters()).value_or(Country());
    for (int k = 0; k < in.classes_size(); ++k) {
      if (is_name(in.classes(k))) {
        out.classes.push_back(class_of_name(reading.world, in.classes(k)));
      } else {
        at.error(concat("classes[", k, "]"), concat(in_quotes(in.classes(k)), " is no name"),
                 "classes are written like names: \"big_tech\"");
      }
    }
    read_owners(reading, at, OrgId{static_cast<std::uint32_t>(i)}, out.parent);
    reading.world.orgs.push_back(std::move(out));
  }
  check_parents(reading);
}

}  // namespace chokepoint
