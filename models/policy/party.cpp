#include "models/policy/party.hpp"

#include <algorithm>

namespace chokepoint {
namespace {

bool is_owned(const PartyTest& test, const Party& party, Date date) {
  if (!party.org) return false;
  const auto later = std::upper_bound(test.owned.begin(), test.owned.end(), date,
                                      [](Date d, const OwnedSince& o) { return d < o.from; });
  if (later == test.owned.begin()) return false;
  const auto& orgs = std::prev(later)->orgs;
  return std::binary_search(orgs.begin(), orgs.end(), *party.org);
}

bool has_headquarters(const CountrySet& wanted, const Party& party) {
  return wanted.has(party.headquarters) ||
         (party.parent_headquarters && wanted.has(*party.parent_headquarters));
}

}  // namespace

bool matches(const PartyTest& test, const Party& party, Date date) {
  if (!test.headquarters.empty() && !has_headquarters(test.headquarters, party)) return false;
  if (!test.orgs.empty() && !(party.org && std::find(test.orgs.begin(), test.orgs.end(),
                                                     *party.org) != test.orgs.end())) {
    return false;
  }
  if (test.owned_by_listed_at_least && !is_owned(test, party, date)) return false;
  const auto is_in = [&](BuyerClassId c) {
    return std::find(test.classes.begin(), test.classes.end(), c) != test.classes.end();
  };
  if (!test.classes.empty() && std::none_of(party.classes.begin(), party.classes.end(), is_in)) {
    return false;
  }
  return std::none_of(test.none_of.begin(), test.none_of.end(),
                      [&](const PartyTest& branch) { return matches(branch, party, date); });
}

}  // namespace chokepoint
