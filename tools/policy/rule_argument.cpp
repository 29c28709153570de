#include "tools/policy/rule_argument.hpp"

#include <string>
#include <utility>

#include "tools/policy/item_argument.hpp"
#include "tools/policy/words.hpp"

namespace chokepoint {

namespace {

namespace pb = chokepoint::v1;

using Written = google::protobuf::RepeatedPtrField<std::string>;

std::string names(const Written& written) {
  return name_list({written.begin(), written.end()});
}

Argument step(std::string condition, std::string question, bool holds, bool known = true) {
  Argument result;
  result.condition = std::move(condition);
  result.question = std::move(question);
  result.holds = holds;
  result.known = known;
  return result;
}

// "destination in D5 except CY", "destination CN in D5 except CY".
struct Place {
  std::string role;  ///< "destination".
  Country country;
  const Written& among;
  const Written* except = nullptr;
};

std::string among(const Place& place) {
  std::string text = place.among.empty() ? "any country" : names(place.among);
  if (place.except != nullptr && !place.except->empty()) text += " except " + names(*place.except);
  return text;
}

Argument place_step(const Place& place, bool holds) {
  return step(place.role + " in " + among(place),
              place.role + " " + place.country.text() + " in " + among(place), holds);
}

bool is_limited(const Place& place) {
  return !place.among.empty() || (place.except != nullptr && !place.except->empty());
}

// " nvidia", or nothing of somebody unnamed.
std::string name_of(const Party* party, const World& world) {
  if (party == nullptr || !party->org) return "";
  return " " + world.orgs[party->org->value].name;
}

std::string headquarters_of(const Party& party) {
  std::string text = party.headquarters.text();
  const auto& parent = party.parent_headquarters;
  if (parent && *parent != party.headquarters) text += " (parent " + parent->text() + ")";
  return text;
}

// " (big_tech)", or nothing where it is of no class.
std::string classes_of(const Party* party, const World& world) {
  std::vector<std::string> words;
  if (party != nullptr) {
    words.reserve(party->classes.size());
    for (const BuyerClassId id : party->classes) words.push_back(world.buyer_classes[id.value]);
  }
  return words.empty() ? "" : " (" + name_list(words) + ")";
}

/// A test of a party, the party and what it is called.
struct PartyQuestion {
  const pb::PartyTest& written;
  const PartyTest& read;
  const Party* party;  ///< Null: not known.
  std::string role;    ///< "buyer".
  Date date;
};

std::vector<Argument> party_steps(const PartyQuestion& asked, const World& world);

template <class Change>
void add_party_step(std::vector<Argument>& out, const PartyQuestion& asked, bool is_written,
                    const std::string& condition, const std::string& question, const Change& keep) {
  if (!is_written) return;
  PartyTest only;
  keep(only);
  const bool holds = asked.party != nullptr && matches(only, *asked.party, asked.date);
  out.push_back(step(condition, question, holds, asked.party != nullptr));
}

void add_exempt(std::vector<Argument>& out, const PartyQuestion& asked, const World& world) {
  if (asked.read.none_of.empty()) return;
  Argument none = step("none of", "none of these", true);
  for (std::size_t i = 0; i < asked.read.none_of.size(); ++i) {
    Argument branch = step("all of", "all of these", false);
    branch.below = party_steps({asked.written.none_of(static_cast<int>(i)), asked.read.none_of[i],
                                asked.party, asked.role, asked.date},
                               world);
    branch.holds = all_hold(branch.below);
    none.holds = none.holds && !branch.holds;
    none.below.push_back(std::move(branch));
  }
  out.push_back(std::move(none));
}

std::vector<Argument> party_steps(const PartyQuestion& asked, const World& world) {
  const auto& [written, read, party, role, date] = asked;
  std::vector<Argument> out;
  const std::string seat =
      " headquarters, its own or its parent's, in " + names(written.headquarters());
  add_party_step(out, asked, written.headquarters_size() > 0, role + "'s" + seat,
                 role + "'s headquarters " + (party ? headquarters_of(*party) + " " : "") + "in " +
                     names(written.headquarters()),
                 [&](PartyTest& only) { only.headquarters = asked.read.headquarters; });
  const std::string list = "among " + names(written.orgs());
  add_party_step(out, asked, written.orgs_size() > 0, role + " " + list,
                 role + name_of(party, world) + " " + list,
                 [&](PartyTest& only) { only.orgs = asked.read.orgs; });
  const std::string kinds = "of class " + names(written.classes());
  add_party_step(out, asked, written.classes_size() > 0, role + " " + kinds,
                 role + classes_of(party, world) + " " + kinds,
                 [&](PartyTest& only) { only.classes = asked.read.classes; });
  if (read.owned_by_listed_at_least) {
    const std::string share = share_text(*read.owned_by_listed_at_least);
    const std::string owned = role + " owned to at least " + share + " by listed parties";
    add_party_step(out, asked, true, owned, owned, [&](PartyTest& only) {
      only.owned_by_listed_at_least = asked.read.owned_by_listed_at_least;
      only.owned = asked.read.owned;
    });
  }
  add_exempt(out, asked, world);
  return out;
}

// Conditions of a party as one step: themselves where there is one, else "all of" them.
Argument joined(std::vector<Argument> steps) {
  if (steps.size() == 1) return std::move(steps.front());
  Argument all = step("all of", "all of these", all_hold(steps));
  all.below = std::move(steps);
  return all;
}

void add_receiver(std::vector<Argument>& out, const RulePair& rule, const Shipment& shipment,
                  Date date, const World& world) {
  const Place place{"destination", shipment.to, rule.written.destinations(),
                    &rule.written.destinations_except()};
  const bool there = (rule.read.destinations.empty() || rule.read.destinations.has(shipment.to)) &&
                     !rule.read.destinations_except.has(shipment.to);
  auto buyer =
      party_steps({rule.written.buyer(), rule.read.buyer, &shipment.buyer, "buyer", date}, world);
  if (rule.read.buyer_anywhere && !rule.read.destinations.empty() && !rule.read.buyer.empty()) {
    Argument either = step("any of", "any of these", false);
    either.below.push_back(place_step(place, there));
    either.below.push_back(joined(std::move(buyer)));
    either.holds = either.below[0].holds || either.below[1].holds;
    out.push_back(std::move(either));
    return;
  }
  if (is_limited(place)) out.push_back(place_step(place, there));
  for (auto& condition : buyer) out.push_back(std::move(condition));
}

void add_stage(std::vector<Argument>& out, const Rule& rule, const Shipment& shipment) {
  if (shipment.state == ShipmentState::InFlight) {
    const bool reaches = rule.reaches_in_flight.value_or(rule.government == shipment.to);
    out.push_back(step("reaches what is on its way", "reaches what is on its way", reaches));
  }
  if (shipment.state == ShipmentState::Installed) {
    out.push_back(
        step("reaches what is installed", "reaches what is installed", rule.reaches_installed));
  }
}

}  // namespace

std::vector<Argument> way_argument(const RulePair& rule, const Shipment& shipment, Date date,
                                   const World& world) {
  std::vector<Argument> out;
  const Place origin{"origin", shipment.exported_from, rule.written.exported_from(),
                     &rule.written.exported_from_except()};
  const bool from_there =
      (rule.read.exported_from.empty() || rule.read.exported_from.has(shipment.exported_from)) &&
      !rule.read.exported_from_except.has(shipment.exported_from);
  if (is_limited(origin)) out.push_back(place_step(origin, from_there));
  add_stage(out, rule.read, shipment);
  add_receiver(out, rule, shipment, date, world);
  return out;
}

std::vector<Argument> exception_argument(const ExceptionPair& exception, const Shipment& shipment,
                                         Date date, const World& world) {
  const auto& [written, read] = exception;
  std::vector<Argument> out;
  const Place origin{"origin", shipment.exported_from, written.exported_from()};
  if (is_limited(origin)) {
    out.push_back(place_step(origin, read.exported_from.has(shipment.exported_from)));
  }
  const Place place{"destination", shipment.to, written.destinations()};
  if (is_limited(place)) out.push_back(place_step(place, read.destinations.has(shipment.to)));
  for (auto& condition :
       party_steps({written.buyer(), read.buyer, &shipment.buyer, "buyer", date}, world)) {
    out.push_back(std::move(condition));
  }
  const Party* packager = shipment.packager ? &*shipment.packager : nullptr;
  for (auto& condition :
       party_steps({written.packager(), read.packager, packager, "packager", date}, world)) {
    out.push_back(std::move(condition));
  }
  if (!read.packaged_in_except.empty()) {
    const std::string where = "packaged anywhere but in " + names(written.packaged_in_except());
    const auto& in = shipment.packaged_in;
    out.push_back(step(where,
                       in ? "packaged in " + in->text() + ", anywhere but in " +
                                names(written.packaged_in_except())
                          : where,
                       in && !read.packaged_in_except.has(*in), in.has_value()));
  }
  for (auto& condition : item_argument(read.item, shipment.item, world)) {
    out.push_back(std::move(condition));
  }
  return out;
}

}  // namespace chokepoint
