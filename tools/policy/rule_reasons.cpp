#include "tools/policy/reasons.hpp"

#include <utility>

#include "tools/policy/words.hpp"

namespace chokepoint {

namespace {

namespace pb = chokepoint::v1;

using Kind = Condition::Kind;
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

Argument step(const std::string& condition, const Reason& why) {
  return step(condition, condition, why.holds, why.known);
}

// "destination in D5 except CY", "destination CN in D5 except CY".
Argument place_step(const std::string& role, Country country, const Written& among,
                    const Written& except, const Reason& why) {
  std::string countries = " in " + (among.empty() ? "any country" : names(among));
  if (!except.empty()) countries += " except " + names(except);
  return step(role + countries, role + " " + country.text() + countries, why.holds);
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

/// A party by its role, and a test of it as it is written.
struct PartyQuestion {
  const pb::PartyTest& written;
  const Party* party;  ///< Null: not known.
  std::string role;    ///< "buyer".
};

std::vector<Argument> party_steps(const std::vector<Reason>& why, const PartyQuestion& asked,
                                  const World& world);

Argument exempt_step(const Reason& why, const PartyQuestion& asked, const World& world) {
  Argument none = step("none of", "none of these", why.holds, why.known);
  for (std::size_t i = 0; i < why.branches.size(); ++i) {
    const auto& exempt = asked.written.none_of(static_cast<int>(i));
    Argument branch = step("all of", "all of these", why.branches[i].holds);
    branch.below = party_steps(why.branches[i].branches, {exempt, asked.party, asked.role}, world);
    none.below.push_back(std::move(branch));
  }
  return none;
}

Argument party_step(const Reason& why, const PartyQuestion& asked, const World& world) {
  const auto& [written, party, role] = asked;
  const auto put_in = [&](const std::string& known, const std::string& condition) {
    return step(asked.role + condition, asked.role + known + condition, why.holds, why.known);
  };
  switch (why.kind) {
    case Kind::Headquarters: {
      const std::string in = "in " + names(written.headquarters());
      const std::string known = party != nullptr ? headquarters_of(*party) + " " : "";
      return step(role + "'s headquarters, its own or its parent's, " + in,
                  role + "'s headquarters " + known + in, why.holds, why.known);
    }
    case Kind::Org:
      return put_in(name_of(party, world), " among " + names(written.orgs()));
    case Kind::Class:
      return put_in(classes_of(party, world), " of class " + names(written.classes()));
    case Kind::OwnedByListed:
      return put_in(party != nullptr && party->owned_by_listed
                        ? " owned to " + share_text(*party->owned_by_listed) + ","
                        : "",
                    " owned to at least " + share_text(written.owned_by_listed_at_least()) +
                        " by listed parties");
    default:
      return exempt_step(why, asked, world);
  }
}

std::vector<Argument> party_steps(const std::vector<Reason>& why, const PartyQuestion& asked,
                                  const World& world) {
  std::vector<Argument> out;
  out.reserve(why.size());
  for (const Reason& reason : why) out.push_back(party_step(reason, asked, world));
  return out;
}

// Conditions as one step: themselves where there is one, else "all of" them.
Argument joined(std::vector<Argument> steps) {
  if (steps.size() == 1) return std::move(steps.front());
  Argument all = step("all of", "all of these", all_hold(steps));
  all.below = std::move(steps);
  return all;
}

const Written kNone;

/// What a rule and an exception limit alike, as it is written and as it is read.
struct Scope {
  const Written &origins, &origins_except, &destinations, &destinations_except;
  const pb::PartyTest& buyer;
  const PartyTest& buyer_read;
  const Predicate& item;
  const ExceptionPair* exception = nullptr;  ///< It also asks about packaging.
};

Scope scope_of(const RulePair& rule) {
  const auto& [in, read] = rule;
  return {in.exported_from(), in.exported_from_except(),
          in.destinations(),  in.destinations_except(),
          in.buyer(),         read.buyer,
          read.item};
}

Scope scope_of(const ExceptionPair& exception) {
  const auto& [in, read] = exception;
  return {in.exported_from(), kNone,      in.destinations(), in.destinations_except(),
          in.buyer(),         read.buyer, read.item,         &exception};
}

/// Puts reasons of a rule or an exception into words.
struct Words {
  const Scope scope;
  const Shipment& shipment;
  Date date;
  const World& world;

  // One step for most reasons, several for a test of a party, none for what is asked before.
  std::vector<Argument> of(const Reason& why) const {
    switch (why.kind) {
      case Kind::Origin:
        return {
            place_step("origin", shipment.exported_from, scope.origins, scope.origins_except, why)};
      case Kind::InFlight:
        return {step("reaches what is on its way", why)};
      case Kind::Installed:
        return {step("reaches what is installed", why)};
      case Kind::Destination:
        return {place_step("destination", shipment.to, scope.destinations,
                           scope.destinations_except, why)};
      case Kind::AnyOf:
        return {either(why)};
      case Kind::Buyer:
        return party_steps(reasons(scope.buyer_read, &shipment.buyer, date),
                           {scope.buyer, &shipment.buyer, "buyer"}, world);
      case Kind::Packager:
        return packager();
      case Kind::PackagedIn:
        return {packaged_in(why)};
      case Kind::Item:
        return item_reasons(scope.item, shipment.item, world);
      default:
        return {};
    }
  }

  std::vector<Argument> of(const std::vector<Reason>& why) const {
    std::vector<Argument> out;
    for (const Reason& reason : why) {
      for (Argument& argument : of(reason)) out.push_back(std::move(argument));
    }
    return out;
  }

private:
  Argument either(const Reason& why) const {
    Argument result = step("any of", "any of these", why.holds);
    for (const Reason& ground : why.branches) result.below.push_back(joined(of(ground)));
    return result;
  }

  std::vector<Argument> packager() const {
    const Party* party = shipment.packager ? &*shipment.packager : nullptr;
    return party_steps(reasons(scope.exception->read.packager, party, date),
                       {scope.exception->written.packager(), party, "packager"}, world);
  }

  Argument packaged_in(const Reason& why) const {
    const std::string rest =
        "anywhere but in " + names(scope.exception->written.packaged_in_except());
    const auto& in = shipment.packaged_in;
    return step("packaged " + rest, "packaged " + (in ? "in " + in->text() + ", " : "") + rest,
                why.holds, why.known);
  }
};

}  // namespace

RuleReasons rule_reasons(const RulePair& rule, const Shipment& shipment, Date date,
                         const World& world) {
  auto why = reasons(rule.read, shipment, date);
  const Words words{scope_of(rule), shipment, date, world};
  RuleReasons result;
  result.applies = all_hold(why);
  result.item = words.of(why.back());  // It is asked last.
  why.pop_back();
  result.route = words.of(why);
  return result;
}

ExceptionArgument exception_argument(const ExceptionPair& exception, RuleId rule,
                                     const Shipment& shipment, Date date, const World& world) {
  const auto why = reasons(exception.read, rule, shipment, date);
  return {all_hold(why), Words{scope_of(exception), shipment, date, world}.of(why)};
}

}  // namespace chokepoint
