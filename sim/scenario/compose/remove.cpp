#include "sim/scenario/compose/edits.hpp"

#include <algorithm>

#include "sim/scenario/text/phrases.hpp"
#include "sim/scenario/text/read_text.hpp"
#include "sim/scenario/text/spelling.hpp"

namespace chokepoint {

namespace {

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

const std::vector<Kind>& all_kinds() {
  static const std::vector<Kind> kinds = [] {
    std::vector<Kind> listed;
    list_kinds(*v1::Scenario::descriptor(), {}, listed);
    return listed;
  }();
  return kinds;
}

/// Names of the elements of a kind, as a removal writes them: those that lead to one, joined by
/// '/'. As many as one list can have: nobody reads more, and each is compared.
void list_names(const Message& around, const Kind& kind, std::size_t depth,
                const std::string& outer, std::vector<std::string>& names) {
  const FieldDescriptor& field = *kind.lists[depth];
  const auto* reflection = around.GetReflection();
  for (int i = 0; i < reflection->FieldSize(around, &field); ++i) {
    if (names.size() >= kMostInList) return;
    const std::string name = outer + key_of(around, field, i);
    if (depth + 1 == kind.lists.size()) {
      names.push_back(name);
    } else {
      list_names(reflection->GetRepeatedMessage(around, &field, i), kind, depth + 1, name + "/",
                 names);
    }
  }
}

/// Takes the element that `name` leads to, from the list at `depth` on, out of its list. Returns
/// its path inside `around`; nothing where there is none.
std::optional<std::string> take_away(Located around, const Kind& kind, std::size_t depth,
                                     const std::string& name) {
  const FieldDescriptor& field = *kind.lists[depth];
  if (depth + 1 == kind.lists.size()) {
    const auto i = find_element(around, field, name);
    if (!i) return std::nullopt;
    erase_element(around, field, *i);
    return element_path(field.name(), name);
  }
  for (auto slash = name.find('/'); slash != std::string::npos; slash = name.find('/', slash + 1)) {
    const std::string key = name.substr(0, slash);
    const auto i = find_element(around, field, key);
    if (!i) continue;
    const Located inside{
        *around.message.GetReflection()->MutableRepeatedMessage(&around.message, &field, *i),
        element_place(around.places, field, *i, around.places.where)};
    const auto path = take_away(inside, kind, depth + 1, name.substr(slash + 1));
    if (path) return join_path(element_path(field.name(), key), *path);
  }
  return std::nullopt;
}

const Kind* find_kind(const std::vector<Kind>& kinds, const std::string& name) {
  const auto kind = std::ranges::find_if(kinds, [&](const Kind& candidate) {
    return candidate.plural() == name || candidate.singular() == name;
  });
  return kind == kinds.end() ? nullptr : &*kind;
}

void report_unknown_kind(const std::vector<Kind>& kinds, const v1::Remove& removal,
                         const SourceLocation& where, Diagnostics& found) {
  std::vector<std::string> known;
  known.reserve(kinds.size());
  for (const auto& kind : kinds) known.push_back(kind.singular());
  found.error(where,
              removal.kind().empty() ? "this removal has no kind"
                                     : concat("nothing is of kind ", in_quotes(removal.kind())),
              did_you_mean(removal.kind(), known, concat("kinds are ", listed(known))));
}

}  // namespace

std::optional<std::string> remove_element(Located scenario, const v1::Remove& removal,
                                          const RemovalPlaces& at, Diagnostics& found) {
  const std::vector<Kind>& kinds = all_kinds();
  const Kind* kind = find_kind(kinds, removal.kind());
  if (kind == nullptr) {
    report_unknown_kind(kinds, removal, at.kind, found);
    return std::nullopt;
  }
  auto path = take_away(scenario, *kind, 0, removal.name());
  if (path) return path;
  std::vector<std::string> known;
  list_names(scenario.message, *kind, 0, "", known);
  found.error(at.name,
              concat("no ", kind->singular(), " ", in_quotes(removal.name()), " to remove"),
              help_for_unknown(removal.name(), known, kind->singular()));
  return std::nullopt;
}

}  // namespace chokepoint
