#pragma once

#include <string>
#include <vector>

#include "models/policy/item.hpp"
#include "models/policy/reason.hpp"

namespace chokepoint {

/// A test of an item. Everything set must hold; empty, it matches every item.
struct Predicate {
  std::string clause;  ///< Paragraph that this branch is; empty: that of the branch around it.
  std::vector<Predicate> any_of, all_of, none_of;
  std::vector<Bound> bounds;
  std::vector<DeviceId> devices;  ///< Any of them, or of `items`.
  std::vector<ItemId> items;
  CountrySet vendor_headquarters;  ///< Any of them; empty: any country.
  std::vector<OrgId> vendors;      ///< Any of them.
  CountrySet sold_in;              ///< Sold in any of them; empty: no matter.
  std::vector<ItemTypeId> types;   ///< Any of them.
};

/// True where everything set in `predicate` holds for `item`. Does not allocate.
bool matches(const Predicate& predicate, const Item& item);

/// Every condition written in `predicate`, in the order in which laws write them, each with whether
/// it holds for `item`. All hold exactly where matches(predicate, item). The reasons point into
/// `predicate`.
std::vector<Reason> reasons(const Predicate& predicate, const Item& item);

/// The innermost clause by which `predicate` matches `item`: that of the first branch of every
/// `any_of` that holds; empty where no clause is named. Requires: it matches.
const std::string& clause_of(const Predicate& predicate, const Item& item);

}  // namespace chokepoint
