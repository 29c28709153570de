#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/reading/cursor.hpp"

namespace chokepoint {

/// Names of the elements of one kind, in the order of their ids.
class NameList {
public:
  /// `kind` as messages call one element: "device".
  explicit NameList(std::string kind) : kind_(std::move(kind)) {}

  /// Gives the next index to `name`, written in field `name` of `at`. Reports a name that is empty,
  /// malformed or taken; the index is used up all the same, so that ids count elements.
  void add(const Cursor& at, const std::string& name);
  void add(const Cursor& at) { add(at, at.name()); }
  /// As above for a name that is made of others and needs no check: "site/pool".
  void add_composite(const std::string& name);

  /// Index of `name`; nothing where it is not known.
  std::optional<std::uint32_t> find(const std::string& name) const;
  /// As above, and reports at `field` of `at` a reference that is missing or leads nowhere.
  std::optional<std::uint32_t> lookup(const Cursor& at, const std::string& field,
                                      const std::string& name) const;

  const std::vector<std::string>& in_order() const { return names_; }
  std::size_t size() const { return names_.size(); }

private:
  std::string kind_;
  std::vector<std::string> names_;
  std::map<std::string, std::uint32_t> index_;
};

/// A NameList whose indices are ids of type I.
template <class I>
class Names : public NameList {
public:
  using NameList::NameList;

  /// Id of the element that field `field` of `at` names, or a report and nothing.
  std::optional<I> resolve(const Cursor& at, const std::string& field,
                           const std::string& name) const {
    const auto index = lookup(at, field, name);
    return index ? std::optional<I>(I{*index}) : std::nullopt;
  }
};

/// Calls `read` with each element of the list `field` of `at`; their names must be right, and
/// differ.
template <class Read>
void read_named(const Cursor& at, const std::string& field, const std::string& kind,
                const Read& read) {
  NameList names(kind);
  for (const Cursor& element : at.children(field)) {
    names.add(element);
    read(element);
  }
}

/// Ids of the elements that the repeated field `field` of `at` names; those that resolve.
template <class I, class Strings>
std::vector<I> resolve_all(const Names<I>& names, const Cursor& at, const std::string& field,
                           const Strings& written) {
  std::vector<I> ids;
  for (int i = 0; i < written.size(); ++i) {
    const auto id = names.resolve(at, field + "[" + std::to_string(i) + "]", written.Get(i));
    if (id) ids.push_back(*id);
  }
  return ids;
}

}  // namespace chokepoint
