#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "models/policy/attribute.hpp"

namespace chokepoint {

struct Predicate;

/// One condition that a rule states, and whether it holds of what it is asked of.
struct Condition {
  enum class Kind {
    AllOf,   ///< A branch that must hold.
    AnyOf,   ///< Of its branches one must hold.
    NoneOf,  ///< Of its branches none may hold.
    // Of an item.
    Bound,
    Named,  ///< Is one of the devices or items listed.
    VendorHeadquarters,
    Vendor,
    SoldIn,
    Type,
    // Of a party.
    Headquarters,
    Org,
    Class,
    OwnedByListed,
    // Of a rule or an exception, before anything is asked of the way.
    Enabled,
    InForce,
    Category,      ///< The rule is about such things.
    Jurisdiction,  ///< The government has a say.
    Softens,       ///< The exception names the rule.
    // Of a shipment.
    Origin,
    InFlight,   ///< Reaches what is on its way; asked of nothing else.
    Installed,  ///< Reaches what is installed; asked of nothing else.
    Destination,
    Buyer,     ///< Why: reasons() of the test of the buyer,
    Packager,  ///< of the packager,
    PackagedIn,
    Item  ///< and of the item.
  };

  Kind kind = Kind::AllOf;
  bool holds = false;
  bool known = true;                     ///< False: what it looks at is not known.
  const Predicate* predicate = nullptr;  ///< The branch of an item's test that states it.
  Bound bound = {};                      ///< With Kind::Bound.
};

/// A condition with those that it rests on.
struct Reason : Condition {
  std::vector<Reason> branches;
};

/// True where all hold.
inline bool all_hold(const std::vector<Reason>& reasons) {
  return std::ranges::all_of(reasons, [](const Reason& r) { return r.holds; });
}

// Rulings and their explanations ask the same conditions in the same function, which calls `ask`
// with one after the other while it says go on, and with what asks those below.

/// Goes on while conditions hold: whether all do.
inline constexpr auto kDecide = [](const Condition& asked, const auto&... /*below*/) {
  return asked.holds;
};

/// Takes down every condition and those below it.
struct Explain {
  std::vector<Reason>& out;

  bool operator()(const Condition& asked) const {
    out.push_back({asked, {}});
    return true;
  }
  template <class Below>
  bool operator()(const Condition& asked, const Below& ask_below) const {
    Reason reason{asked, {}};
    ask_below(Explain{reason.branches});
    out.push_back(std::move(reason));
    return true;
  }
};

}  // namespace chokepoint
