#include "models/policy/predicate.hpp"

#include <algorithm>

namespace chokepoint {
namespace {

using Kind = Condition::Kind;

template <class T>
bool is_any_of(const std::vector<T>& list, const T& value) {
  return std::ranges::find(list, value) != list.end();
}

template <class List>
bool is_known_and_any_of(const List& list, const auto& value) {
  return value && is_any_of(list, *value);
}

template <class Ask>
bool ask_each(const Predicate& p, const Item& item, const Ask& ask);

template <class Ask>
bool ask_branch(const Predicate& branch, const Item& item, const Ask& ask) {
  return ask({Kind::AllOf, matches(branch, item), true, &branch},
             [&](const auto& inner) { ask_each(branch, item, inner); });
}

template <class Ask>
bool ask_branches(const Condition& condition, const std::vector<Predicate>& branches,
                  const Item& item, const Ask& ask) {
  return ask(condition, [&](const auto& inner) {
    for (const Predicate& branch : branches) ask_branch(branch, item, inner);
  });
}

bool is_of_type(const Predicate& p, const Item& item) {
  return std::ranges::any_of(item.types, [&](ItemTypeId type) { return is_any_of(p.types, type); });
}

template <class Ask>
bool ask_identity(const Predicate& p, const Item& item, const Ask& ask) {
  const auto state = [&](Kind kind, bool holds, bool known = true) {
    return ask({kind, holds, known, &p});
  };
  return ((p.devices.empty() && p.items.empty()) ||
          state(Kind::Named, is_known_and_any_of(p.devices, item.device) ||
                                 is_known_and_any_of(p.items, item.id))) &&
         (p.vendor_headquarters.empty() ||
          state(Kind::VendorHeadquarters, p.vendor_headquarters.has(item.vendor_headquarters))) &&
         (p.vendors.empty() || state(Kind::Vendor, is_known_and_any_of(p.vendors, item.vendor),
                                     item.vendor.has_value())) &&
         (p.sold_in.empty() ||
          state(Kind::SoldIn, p.sold_in.has_any_of(item.sold_in), !item.sold_in.empty())) &&
         (p.types.empty() || state(Kind::Type, is_of_type(p, item), !item.types.empty()));
}

// Asks for every condition that `p` states, in the order of the law.
template <class Ask>
bool ask_each(const Predicate& p, const Item& item, const Ask& ask) {
  const auto fits = [&](const Predicate& branch) { return matches(branch, item); };
  const auto any_fits = [&](const std::vector<Predicate>& branches) {
    return std::ranges::any_of(branches, fits);
  };
  const auto ask_bound = [&](const Bound& bound) {
    const bool known = value_of(bound.attribute, item).has_value();
    return ask({Kind::Bound, holds(bound, item.attributes), known, &p, bound});
  };
  const auto ask_all_of = [&](const Predicate& branch) { return ask_branch(branch, item, ask); };
  return std::ranges::all_of(p.bounds, ask_bound) && ask_identity(p, item, ask) &&
         std::ranges::all_of(p.all_of, ask_all_of) &&
         (p.any_of.empty() ||
          ask_branches({Kind::AnyOf, any_fits(p.any_of), true, &p}, p.any_of, item, ask)) &&
         (p.none_of.empty() ||
          ask_branches({Kind::NoneOf, !any_fits(p.none_of), true, &p}, p.none_of, item, ask));
}

}  // namespace

bool matches(const Predicate& predicate, const Item& item) {
  return ask_each(predicate, item, kDecide);
}

std::vector<Reason> reasons(const Predicate& predicate, const Item& item) {
  std::vector<Reason> out;
  ask_each(predicate, item, Explain{out});
  return out;
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
