#pragma once

#include <optional>
#include <vector>

#include "models/policy/predicate.hpp"

namespace chokepoint {

/// One condition of a predicate with the numbers of an item put in.
struct Reason {
  enum class Kind {
    AllOf,   ///< A branch that must hold.
    AnyOf,   ///< `branches` of which one must hold.
    NoneOf,  ///< `branches` of which none may hold.
    Bound,
    Datacenter,
    Nonplanar,
    HasHbm,
    Named,  ///< Is one of the devices or items listed.
    VendorHeadquarters,
    Vendor,
    SoldIn,
    Type
  };

  Kind kind = Kind::AllOf;
  bool holds = false;
  bool known = true;                     ///< False: the attribute is not known.
  const Predicate* predicate = nullptr;  ///< That states the condition.
  Bound bound;                           ///< With Kind::Bound.
  std::optional<double> value;           ///< Of the bound's attribute, in base units.
  std::vector<Reason> branches;
};

/// Every condition written in `predicate`, in the order in which laws write them, each with whether
/// it holds for `item`. All hold exactly where matches(predicate, item). The reasons point into
/// `predicate`.
std::vector<Reason> reasons(const Predicate& predicate, const Item& item);

}  // namespace chokepoint
