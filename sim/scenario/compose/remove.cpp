#include "sim/scenario/compose/remove.hpp"

#include <algorithm>
#include <vector>

#include "sim/scenario/text/path.hpp"
#include "sim/scenario/text/phrases.hpp"
#include "sim/scenario/text/spelling.hpp"

namespace chokepoint {

namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

/// A list of named elements, by the fields that lead to it from the scenario: sites, pools.
struct Kind {
  std::vector<const FieldDescriptor*> lists;

  const std::string& plural() const { return lists.back()->name(); }
  std::string singular() const {
    const std::string& name = plural();
    const bool irregular = name.size() > 3 && name.substr(name.size() - 3) == "ies";
    if (irregular) return name.substr(0, name.size() - 3) + "y";
    return name.back() == 's' ? name.substr(0, name.size() - 1) : name;
  }
};

void list_kinds(const Descriptor& type, const Kind& around, std::vector<Kind>& kinds) {
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (!is_keyed(field) || field.message_type() == v1::Remove::descriptor()) continue;
    Kind kind = around;
    kind.lists.push_back(&field);
    kinds.push_back(kind);
    list_kinds(*field.message_type(), kind, kinds);
  }
}

/// An element in the list at the end of a Kind.
struct Element {
  Located around;
  int index = 0;
  std::string name;  ///< Names of the elements that lead to it, joined by '/'.
  std::string path;
};

void list_elements(Located around, const Kind& kind, std::size_t depth, const Element& outer,
                   std::vector<Element>& elements) {
  const FieldDescriptor& field = *kind.lists[depth];
  const auto* reflection = around.message.GetReflection();
  for (int i = 0; i < reflection->FieldSize(around.message, &field); ++i) {
    const std::string key = key_of(around.message, field, i);
    const Element element{around, i, outer.name.empty() ? key : outer.name + "/" + key,
                          element_path(join_path(outer.path, field.name()), key)};
    if (depth + 1 == kind.lists.size()) {
      elements.push_back(element);
      continue;
    }
    list_elements({*reflection->MutableRepeatedMessage(&around.message, &field, i),
                   *find_place(around.places, field, i)},
                  kind, depth + 1, element, elements);
  }
}

void erase(const Element& element, const FieldDescriptor& field) {
  Message& message = element.around.message;
  const auto* reflection = message.GetReflection();
  const int last = reflection->FieldSize(message, &field) - 1;
  for (int i = element.index; i < last; ++i) reflection->SwapElements(&message, &field, i, i + 1);
  reflection->RemoveLast(&message, &field);
  forget_element(element.around.places, field, element.index);
}

const Kind* find_kind(const std::vector<Kind>& kinds, const std::string& name) {
  const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const Kind& candidate) {
    return candidate.plural() == name || candidate.singular() == name;
  });
  return kind == kinds.end() ? nullptr : &*kind;
}

void report_unknown_kind(const std::vector<Kind>& kinds, const v1::Remove& removal,
                         const SourceLocation& where, Diagnostics& found) {
  std::vector<std::string> known;
  known.reserve(kinds.size());
  for (const auto& kind : kinds) known.push_back(kind.singular());
  const std::string near = nearest(removal.kind(), known);
  found.error(where,
              removal.kind().empty() ? "this removal has no kind"
                                     : concat("nothing is of kind ", in_quotes(removal.kind())),
              near.empty() ? concat("kinds are ", listed(known))
                           : concat("did you mean ", in_quotes(near), "?"));
}

}  // namespace

std::optional<std::string> remove_element(Located scenario, const v1::Remove& removal,
                                          const RemovalPlaces& at, Diagnostics& found) {
  std::vector<Kind> kinds;
  list_kinds(*scenario.message.GetDescriptor(), {}, kinds);
  const Kind* kind = find_kind(kinds, removal.kind());
  if (kind == nullptr) {
    report_unknown_kind(kinds, removal, at.kind, found);
    return std::nullopt;
  }
  std::vector<Element> elements;
  list_elements(scenario, *kind, 0, {scenario, 0, "", ""}, elements);
  std::vector<std::string> known;
  for (const auto& element : elements) {
    if (element.name == removal.name()) {
      erase(element, *kind->lists.back());
      return element.path;
    }
    known.push_back(element.name);
  }
  found.error(at.name,
              concat("no ", kind->singular(), " ", in_quotes(removal.name()), " to remove"),
              help_for_unknown(removal.name(), known, kind->singular()));
  return std::nullopt;
}

}  // namespace chokepoint
