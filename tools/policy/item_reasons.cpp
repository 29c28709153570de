#include "tools/policy/reasons.hpp"

#include <fmt/format.h>

#include "tools/policy/words.hpp"

namespace chokepoint {
namespace {

using Kind = Condition::Kind;

/// A condition as the rule states it and with the item put in.
struct Wording {
  std::string condition, question;
};

Wording same(const std::string& text) {
  return {text, text};
}

Wording bound_words(const Bound& bound, const Item& item) {
  const AttributeRow& row = row_of(bound.attribute);
  const std::string name = row.name;
  if (row.is_yes_no) return same((bound.threshold == 0.0 ? "not " : "") + name);
  const std::string rest = fmt::format(" {} {}", sign_of(bound.comparison), threshold_text(bound));
  const auto value = in_unit(bound.attribute, item);
  if (!value) return same(name + rest);
  return {name + rest,
          name + " " + digits_beside(*value, bound.threshold / row.in_base_units) + rest};
}

template <class Id, class Named>
std::vector<std::string> names_of(const std::vector<Id>& ids, const std::vector<Named>& named) {
  std::vector<std::string> names;
  names.reserve(ids.size());
  for (const Id id : ids) names.push_back(named[id.value].name);
  return names;
}

Wording named_words(const Predicate& p, const World& world) {
  auto names = names_of(p.devices, world.devices);
  const auto items = names_of(p.items, world.items);
  names.insert(names.end(), items.begin(), items.end());
  return same((names.size() == 1 ? "is " : "is one of ") + name_list(names));
}

Wording headquarters_words(const Predicate& p, const Item& item, const World& world) {
  const std::string rest = " in " + countries_text(p.vendor_headquarters, world);
  return {"vendor's headquarters" + rest,
          "vendor's headquarters " + item.vendor_headquarters.text() + rest};
}

Wording vendor_words(const Predicate& p, const Item& item, const World& world) {
  const std::string rest = "among " + name_list(names_of(p.vendors, world.orgs));
  const std::string name = item.vendor ? world.orgs[item.vendor->value].name + " " : "";
  return {"vendor " + rest, "vendor " + name + rest};
}

Wording sold_words(const Predicate& p, const World& world) {
  return same("sold to anybody in " + countries_text(p.sold_in, world));
}

Wording type_words(const Predicate& p, const World& world) {
  std::vector<std::string> words;
  words.reserve(p.types.size());
  for (const ItemTypeId type : p.types) words.push_back(world.item_types[type.value]);
  return same((words.size() == 1 ? "is of type " : "is of one of the types ") + name_list(words));
}

Wording words_of(const Reason& reason, const Item& item, const World& world) {
  const Predicate& p = *reason.predicate;
  switch (reason.kind) {
    case Kind::AllOf:
      return {"all of", "all of these"};
    case Kind::AnyOf:
      return {"any of", "any of these"};
    case Kind::NoneOf:
      return {"none of", "none of these"};
    case Kind::Bound:
      return bound_words(reason.bound, item);
    case Kind::Named:
      return named_words(p, world);
    case Kind::VendorHeadquarters:
      return headquarters_words(p, item, world);
    case Kind::Vendor:
      return vendor_words(p, item, world);
    case Kind::SoldIn:
      return sold_words(p, world);
    case Kind::Type:
      return type_words(p, world);
    default:  // Not of an item.
      break;
  }
  return {};
}

std::vector<Argument> arguments_of(const std::vector<Reason>& reasons, const Item& item,
                                   const World& world) {
  std::vector<Argument> result;
  for (const Reason& reason : reasons) {
    const Wording words = words_of(reason, item, world);
    Argument step;
    step.condition = words.condition;
    step.question = words.question;
    step.holds = reason.holds;
    step.known = reason.known;
    if (reason.kind == Kind::Bound && !row_of(reason.bound.attribute).is_yes_no) {
      step.bound = reason.bound;
      step.value = value_of(reason.bound.attribute, item);
    }
    if (reason.kind == Kind::AllOf) step.clause = reason.predicate->clause;
    step.below = arguments_of(reason.branches, item, world);
    result.push_back(std::move(step));
  }
  return result;
}

}  // namespace

std::vector<Argument> item_reasons(const Predicate& predicate, const Item& item,
                                   const World& world) {
  auto result = arguments_of(reasons(predicate, item), item, world);
  if (predicate.clause.empty() || result.empty()) return result;
  Argument whole;  // A rule that is one paragraph as a whole.
  whole.condition = "all of";
  whole.question = "all of these";
  whole.clause = predicate.clause;
  whole.holds = all_hold(result);
  whole.below = std::move(result);
  return {whole};
}

}  // namespace chokepoint
