#include "models/policy/party.hpp"

#include <algorithm>

#include "models/policy/ownership.hpp"

namespace chokepoint {
namespace {

using Kind = Condition::Kind;

bool is_owned(const PartyTest& test, const Party& party, Date date) {
  if (!party.org)
    return reaches(party.owned_by_listed.value_or(0.0), *test.owned_by_listed_at_least);
  const auto later = std::ranges::upper_bound(test.owned, date, {}, &OwnedSince::from);
  if (later == test.owned.begin()) return false;
  const auto& orgs = std::prev(later)->orgs;
  return std::ranges::binary_search(orgs, *party.org);
}

bool has_headquarters(const CountrySet& wanted, const Party& party) {
  return wanted.has(party.headquarters) ||
         (party.parent_headquarters && wanted.has(*party.parent_headquarters));
}

bool is_among(const std::vector<OrgId>& orgs, const Party& party) {
  return party.org && std::ranges::find(orgs, *party.org) != orgs.end();
}

bool is_in_any(const std::vector<BuyerClassId>& classes, const Party& party) {
  return std::find_first_of(party.classes.begin(), party.classes.end(), classes.begin(),
                            classes.end()) != party.classes.end();
}

// Asks for every condition that `test` states, in the order of the law.
template <class Ask>
bool ask_each(const PartyTest& test, const Party* party, Date date, const Ask& ask) {
  const auto passes = [&](const PartyTest& branch) { return matches(branch, party, date); };
  const auto state = [&](Kind kind, bool holds, const auto&... below) {
    return ask({kind, holds, party != nullptr}, below...);
  };
  const bool is_owner_known = party && (party->org || party->owned_by_listed);
  const auto exempt = [&](const auto& inner) {
    for (const PartyTest& branch : test.none_of) {
      inner({Kind::AllOf, passes(branch)},
            [&](const auto& innermost) { ask_each(branch, party, date, innermost); });
    }
  };
  return (test.headquarters.empty() ||
          state(Kind::Headquarters, party && has_headquarters(test.headquarters, *party))) &&
         (test.orgs.empty() || state(Kind::Org, party && is_among(test.orgs, *party))) &&
         (test.classes.empty() || state(Kind::Class, party && is_in_any(test.classes, *party))) &&
         (!test.owned_by_listed_at_least ||
          ask({Kind::OwnedByListed, party && is_owned(test, *party, date), is_owner_known})) &&
         (test.none_of.empty() ||
          state(Kind::NoneOf, party && std::ranges::none_of(test.none_of, passes), exempt));
}

}  // namespace

bool matches(const PartyTest& test, const Party* party, Date date) {
  return ask_each(test, party, date, kDecide);
}

std::vector<Reason> reasons(const PartyTest& test, const Party* party, Date date) {
  std::vector<Reason> out;
  ask_each(test, party, date, Explain{out});
  return out;
}

}  // namespace chokepoint
