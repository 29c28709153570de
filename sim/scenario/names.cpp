#include "sim/scenario/names.hpp"

#include <algorithm>

#include "sim/scenario/phrases.hpp"

namespace chokepoint {

namespace {

bool is_letter_or_digit(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

}  // namespace

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
  if (id) return id;
  if (name.empty()) {
    at.error(field, concat(field, " is missing"), help_for_unknown(name, names_, kind_));
  } else {
    at.error(field, concat("no ", kind_, " ", in_quotes(name), " in the scenario"),
             help_for_unknown(name, names_, kind_));
  }
  return std::nullopt;
}

std::string help_for_unknown(const std::string& name, const std::vector<std::string>& known,
                             const std::string& kind) {
  constexpr std::size_t kLongestCompared = 100;  // Edit distance is quadratic.
  if (known.empty()) return concat("the scenario has no ", kind, " at all; is an import missing?");
  const std::string near =
      !name.empty() && name.size() <= kLongestCompared ? nearest(name, known) : "";
  return near.empty() ? concat("known: ", listed(known))
                      : concat("did you mean ", in_quotes(near), "?");
}

bool is_name(const std::string& text) {
  return !text.empty() && is_letter_or_digit(text[0]) &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return is_letter_or_digit(c) || c == '_' || c == '.' || c == '-';
         });
}

}  // namespace chokepoint
