#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/policy/item.hpp"

namespace chokepoint {

/// How a bound compares: AtLeast and AtMost include the number itself.
enum class Comparison { AtLeast, AtMost, Above, Below };

/// One bound on one attribute, as a rule writes it.
struct Bound {
  Attribute attribute = Attribute::Tpp;
  Comparison comparison = Comparison::AtLeast;
  double threshold = 0.0;  ///< In base units, see value_of().
};

/// True where the attribute of `item` is known and within `bound`. Nothing is rounded.
bool holds(const Bound& bound, const Item& item);

/// A test of an item. Everything set must hold; empty, it matches every item.
struct Predicate {
  std::string clause;  ///< Paragraph that this branch is; empty: that of the branch around it.
  std::vector<Predicate> any_of, all_of, none_of;
  std::vector<Bound> bounds;
  std::optional<bool> designed_for_datacenter, nonplanar, has_hbm;
  std::vector<DeviceId> devices;  ///< Any of them, or of `items`.
  std::vector<ItemId> items;
  CountrySet vendor_headquarters;  ///< Any of them; empty: any country.
  std::vector<OrgId> vendors;      ///< Any of them.
  CountrySet sold_in;              ///< Sold in any of them; empty: no matter.
  std::vector<ItemTypeId> types;   ///< Any of them.
};

/// True where everything set in `predicate` holds for `item`. Does not allocate.
bool matches(const Predicate& predicate, const Item& item);

/// The innermost clause by which `predicate` matches `item`: that of the first branch of every
/// `any_of` that holds; empty where no clause is named. Requires: it matches.
const std::string& clause_of(const Predicate& predicate, const Item& item);

}  // namespace chokepoint
