#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/policy/regime.hpp"
#include "models/world.hpp"

namespace chokepoint {

/// What a verdict means for a shipper: "license needed, presumed denial".
std::string in_words(Verdict verdict);

/// What a shipper may do under it: "it may move, under a license that has been given"; empty where
/// the words say all.
std::string meaning_of(Verdict verdict);

/// The same for a column: "denial presumed".
std::string in_short(Verdict verdict);

/// The same of a ruling, with how much of what is asked for may move where that is a part:
/// "license: by case 50 %".
std::string in_short(const Ruling& ruling);

/// As the schema writes it: "PRESUMED_DENIAL".
std::string schema_name(Verdict verdict);

/// "law", "letter", "proposal".
std::string in_words(Standing standing);

/// "chip", "design software".
std::string in_words(Category category);

/// The category that a word means: "chip", "design-software", "DESIGN_SOFTWARE"; nothing where
/// there is none.
std::optional<Category> category_of(const std::string& word);

/// The words that category_of() is documented with.
const std::vector<std::string>& category_words();

/// "official", "reported", "estimated", "memory".
std::string in_words(Confidence confidence);

/// The countries of a set in the order of their codes.
std::vector<Country> countries_of(const CountrySet& countries);

/// Name of the group that a set is, else the codes of its members: "D5" or "CN, HK, MO".
std::string countries_text(const CountrySet& countries, const World& world);

/// "a, b, c"; of more than `most` names the first ones and how many more: "a, b and 12 more".
std::string name_list(const std::vector<std::string>& names, std::size_t most = 12);

/// "12.5 %" of 0.125: the shortest decimal.
std::string share_text(double share);

/// What both say together, for a headline: the verdict in words, and how little of what is asked
/// for may move where that is not all of it.
std::string in_words(const Ruling& ruling);

}  // namespace chokepoint
