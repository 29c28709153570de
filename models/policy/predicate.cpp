#include "models/policy/predicate.hpp"

#include <algorithm>

namespace chokepoint {
namespace {

template <class T>
bool is_any_of(const std::vector<T>& list, const T& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

// A flag that is asked for and not known does not hold.
bool agrees(const std::optional<bool>& wanted, const std::optional<bool>& known) {
  return !wanted || wanted == known;
}

bool is_named(const Predicate& p, const Item& item) {
  if (p.devices.empty() && p.items.empty()) return true;
  return (item.device && is_any_of(p.devices, *item.device)) ||
         (item.id && is_any_of(p.items, *item.id));
}

bool identity_holds(const Predicate& p, const Item& item) {
  const auto is_of_type = [&](ItemTypeId type) { return is_any_of(p.types, type); };
  return agrees(p.designed_for_datacenter, item.designed_for_datacenter) &&
         agrees(p.nonplanar, item.nonplanar) && agrees(p.has_hbm, item.has_hbm) &&
         is_named(p, item) &&
         (p.vendor_headquarters.empty() || p.vendor_headquarters.has(item.vendor_headquarters)) &&
         (p.vendors.empty() || (item.vendor && is_any_of(p.vendors, *item.vendor))) &&
         (p.sold_in.empty() || p.sold_in.has_any_of(item.sold_in)) &&
         (p.types.empty() || std::any_of(item.types.begin(), item.types.end(), is_of_type));
}

bool branches_hold(const Predicate& p, const Item& item) {
  const auto fits = [&](const Predicate& branch) { return matches(branch, item); };
  return (p.any_of.empty() || std::any_of(p.any_of.begin(), p.any_of.end(), fits)) &&
         std::all_of(p.all_of.begin(), p.all_of.end(), fits) &&
         std::none_of(p.none_of.begin(), p.none_of.end(), fits);
}

}  // namespace

bool holds(const Bound& bound, const Item& item) {
  const auto value = value_of(bound.attribute, item);
  if (!value) return false;
  switch (bound.comparison) {
    case Comparison::AtLeast:
      return *value >= bound.threshold;
    case Comparison::AtMost:
      return *value <= bound.threshold;
    case Comparison::Above:
      return *value > bound.threshold;
    case Comparison::Below:
      return *value < bound.threshold;
  }
  return false;
}

bool matches(const Predicate& predicate, const Item& item) {
  return std::all_of(predicate.bounds.begin(), predicate.bounds.end(),
                     [&](const Bound& bound) { return holds(bound, item); }) &&
         identity_holds(predicate, item) && branches_hold(predicate, item);
}

const std::string& clause_of(const Predicate& predicate, const Item& item) {
  for (const auto* branches : {&predicate.all_of, &predicate.any_of}) {
    for (const Predicate& branch : *branches) {
      if (!matches(branch, item)) continue;
      const std::string& inner = clause_of(branch, item);
      if (!inner.empty()) return inner;
    }
  }
  return predicate.clause;
}

}  // namespace chokepoint
