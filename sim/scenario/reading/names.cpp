#include "sim/scenario/reading/names.hpp"

#include "sim/scenario/text/phrases.hpp"
#include "sim/scenario/text/spelling.hpp"

namespace chokepoint {

void NameList::add(const Cursor& at, const std::string& name) {
  const auto id = static_cast<std::uint32_t>(names_.size());
  names_.push_back(name);
  if (name.empty()) {
    at.error("name", concat("this ", kind_, " has no name"), "give it a name of its own");
  } else if (!is_name(name)) {
    at.error("name", concat(in_quotes(name), " is no name"),
             "names begin with a letter or digit and go on with letters, digits, '_', '.' and '-'");
  } else if (!index_.emplace(name, id).second) {
    at.error("name", concat("a second ", kind_, " ", in_quotes(name)),
             "elements of one kind have different names");
  }
}

void NameList::add_composite(const std::string& name) {
  index_.emplace(name, static_cast<std::uint32_t>(names_.size()));
  names_.push_back(name);
}

std::optional<std::uint32_t> NameList::find(const std::string& name) const {
  const auto entry = index_.find(name);
  return entry == index_.end() ? std::nullopt : std::optional(entry->second);
}

std::optional<std::uint32_t> NameList::lookup(const Cursor& at, const std::string& field,
                                              const std::string& name) const {
  const auto id = find(name);
  if (id || at.is_full()) return id;
  at.error(field,
           name.empty() ? concat(field, " is missing")
                        : concat("no ", kind_, " ", in_quotes(name), " in the scenario"),
           help_for_unknown(name, names_, kind_));
  return std::nullopt;
}

}  // namespace chokepoint
