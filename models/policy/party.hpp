#pragma once

#include <optional>
#include <vector>

#include "models/calendar.hpp"
#include "models/ids.hpp"
#include "models/policy/country_set.hpp"
#include "models/policy/reason.hpp"

namespace chokepoint {

/// What a rule may look at of a party.
struct Party {
  std::optional<OrgId> org;  ///< Unset: somebody of whom no more is known.
  Country headquarters;
  std::vector<BuyerClassId> classes;
  std::optional<Country> parent_headquarters;  ///< Of the ultimate parent; unset: its own.
  /// How much of somebody without a name listed parties own, in [0, 1]; stakes of an Org say it.
  std::optional<double> owned_by_listed = {};
};

/// Parties that are owned by listed ones from a date on; sorted.
struct OwnedSince {
  Date from;
  std::vector<OrgId> orgs;
};

/// A test of a party. Everything set must hold; empty, it matches every party.
struct PartyTest {
  CountrySet headquarters;  ///< Its own or its ultimate parent's is any of them.
  std::vector<OrgId> orgs;
  std::vector<BuyerClassId> classes;               ///< It is in any of them.
  std::optional<double> owned_by_listed_at_least;  ///< Share, in (0, 1].
  /// Who meets `owned_by_listed_at_least`, in order of date; see resolve_ownership().
  std::vector<OwnedSince> owned;
  std::vector<PartyTest> none_of;

  /// True for the test that every party passes.
  bool empty() const {
    return headquarters.empty() && orgs.empty() && classes.empty() && !owned_by_listed_at_least &&
           none_of.empty();
  }
};

/// True where everything set in `test` holds for `party` on `date`. Does not allocate.
/// A party that is not known (null) passes the empty test alone.
bool matches(const PartyTest& test, const Party* party, Date date);
inline bool matches(const PartyTest& test, const Party& party, Date date) {
  return matches(test, &party, date);
}

/// Every condition written in `test` with whether it holds; of an unknown party (null) none does.
/// All hold exactly where the party matches. Branches of NoneOf are in the order of `none_of`.
std::vector<Reason> reasons(const PartyTest& test, const Party* party, Date date);

}  // namespace chokepoint
