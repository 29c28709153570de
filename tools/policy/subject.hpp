#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "models/world.hpp"

namespace chokepoint {

/// What is judged: a device of the catalogue, an item written for rules, or bare attributes.
using Subject = NamedItem;

/// Every device, and every item that is none, in the order of the files.
std::vector<Subject> subjects(const World& world);

/// What a word means, or why it means nothing.
struct FoundSubject {
  std::optional<Subject> subject;
  std::string complaint, help;
};

/// The subject that is called `word` by its name or its display name, whatever its case; else the
/// only one whose name or display name has all words of it: "H200" is "nv_h200". A server of the
/// catalogue, by its name, is judged as one of the chips in it.
FoundSubject find_subject(const World& world, const std::string& word);

/// Something that has no name, by what it is.
struct BareSubject {
  Attributes attributes;
  std::optional<OrgId> vendor;
  std::optional<Country> vendor_headquarters;  ///< Unset: the vendor's, else US.
  CountrySet sold_in;
  std::vector<ItemTypeId> types;
};

/// A subject of these attributes; what is not given is not known.
Subject bare_subject(const BareSubject& given, const World& world);

/// An attribute as it is stated, in base units: the density by the die area, as
/// Attributes::state().
using StatedAttribute = std::pair<Attribute, double>;

/// `subject` with other attributes. A new TPP without a new die area is that of the same die.
Subject changed(Subject subject, const std::vector<StatedAttribute>& stated);

/// What rules look at of it, on one line: "TPP 2368, density 2.909 TPP/mm2, ...".
std::string attributes_text(const Item& item, const World& world);

}  // namespace chokepoint
