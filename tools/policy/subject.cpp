#include "tools/policy/subject.hpp"

#include <algorithm>
#include <cctype>
#include <iterator>

#include "sim/scenario/reading/cursor.hpp"
#include "sim/scenario/text/characters.hpp"
#include "sim/scenario/text/phrases.hpp"
#include "sim/scenario/text/spelling.hpp"
#include "tools/policy/reasons.hpp"
#include "tools/policy/words.hpp"

namespace chokepoint {
namespace {

std::string without_gaps(const std::string& text) {
  std::string result;
  for (const auto& word : words_in(text)) result += word;
  return result;
}

template <class Fits>
std::vector<Subject> those_that(const std::vector<Subject>& all, const Fits& fits) {
  std::vector<Subject> result;
  for (const Subject& subject : all) {
    if (fits(subject.name) || fits(subject.display)) result.push_back(subject);
  }
  return result;
}

// By ever looser readings of the word: as written, without gaps, some of its words.
std::vector<Subject> meant_by(const std::vector<Subject>& all, const std::string& word) {
  auto meant =
      those_that(all, [&](const std::string& name) { return lowercase(name) == lowercase(word); });
  if (!meant.empty()) return meant;
  meant = those_that(all, [&](const std::string& name) {
    return !without_gaps(word).empty() && without_gaps(name) == without_gaps(word);
  });
  if (!meant.empty()) return meant;
  const auto wanted = words_in(word);
  if (wanted.empty()) return {};
  return those_that(all, [&](const std::string& name) { return has_words(name, wanted); });
}

std::string help_for(const std::vector<Subject>& all, const std::string& word) {
  std::vector<std::string> names;
  names.reserve(2 * all.size());
  for (const Subject& subject : all) {
    names.push_back(lowercase(subject.name));
    names.push_back(lowercase(subject.display));
  }
  const std::string near = nearest(lowercase(word), names);
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (!near.empty() && names[i] == near) return "did you mean '" + all[i / 2].name + "'?";
  }
  return "see 'chokepoint policy check --all --on DATE' for what there is";
}

// "TPP 2368", "density not known", "with HBM"; empty where there is nothing to say of it. What is
// assumed is told of chips alone, which rules ask it of.
std::string attribute_text(const AttributeRow& row, const Item& item) {
  const auto value = in_unit(row.attribute, item);
  const bool is_chip = item.category == Category::Chip;
  if (row.assumed && !is_chip) return "";
  if (row.is_yes_no) return !value ? "" : *value != 0.0 ? row.yes : row.no;
  if (value) return row.name + (" " + with_unit(digits_beside(*value, -1.0), row.attribute));
  const bool is_always_said =
      is_chip && std::ranges::find(kOfEveryChip, row.attribute) != kOfEveryChip.end();
  return is_always_said ? row.name + std::string(" not known") : "";
}

// A server is judged by the chips in it, whose TPP is not added up.
Subject assembly_of(const NodeSpec& node, const World& world) {
  Subject subject = world.device_items[node.device.value];
  subject.assembly = std::to_string(node.devices_per_node) + " of " + subject.name;
  subject.name = subject.display = node.name;
  subject.eccn.clear();
  subject.item.vendor = node.vendor;
  subject.item.vendor_headquarters = world.orgs[node.vendor.value].headquarters;
  return subject;
}

}  // namespace

std::vector<Subject> subjects(const World& world) {
  std::vector<Subject> all = world.device_items;
  std::ranges::copy_if(world.items, std::back_inserter(all),
                       [](const NamedItem& named) { return !named.item.device; });
  return all;
}

FoundSubject find_subject(const World& world, const std::string& word) {
  const auto all = subjects(world);
  for (const NamedItem& item : world.items) {  // A device by the name of its item.
    if (lowercase(item.name) != lowercase(word)) continue;
    return {item, "", ""};
  }
  for (const NodeSpec& node : world.nodes) {
    if (lowercase(node.name) == lowercase(word)) return {assembly_of(node, world), "", ""};
  }
  const auto meant = meant_by(all, word);
  if (meant.size() == 1) return {meant.front(), "", ""};
  if (meant.empty())
    return {std::nullopt, "no device or item " + in_quotes(word), help_for(all, word)};
  std::vector<std::string> names;
  names.reserve(meant.size());
  for (const Subject& subject : meant) names.push_back(subject.name);
  return {std::nullopt, in_quotes(word) + " could be any of " + std::to_string(names.size()),
          "say which: " + name_list(names)};
}

Subject bare_subject(const BareSubject& given, const World& world) {
  Subject subject;
  subject.name = subject.display = "an item of these attributes";
  Item& item = subject.item;
  item.attributes = given.attributes;
  item.vendor = given.vendor;
  const Country home = given.vendor ? world.orgs[given.vendor->value].headquarters : Country("US");
  item.vendor_headquarters = given.vendor_headquarters.value_or(home);
  item.sold_in = given.sold_in;
  item.types = given.types;
  return subject;
}

Subject changed(Subject subject, const std::vector<StatedAttribute>& stated) {
  Attributes& known = subject.item.attributes;
  const auto score = known[Attribute::Tpp];
  const auto density = known[Attribute::PerformanceDensity];
  for (const auto& [attribute, figure] : stated) {
    known.state(attribute, figure);
    if (attribute == Attribute::Tpp && score && density) {
      known.set(Attribute::PerformanceDensity, *density * figure / *score);
    }
  }
  std::vector<std::string> told;
  told.reserve(stated.size());
  for (const auto& [attribute, figure] : stated) {
    told.push_back(attribute_text(row_of(attribute), subject.item));
  }
  std::erase(told, "");
  if (!stated.empty()) subject.eccn.clear();
  if (!told.empty()) subject.display += " (changed: " + name_list(told, told.size()) + ")";
  return subject;
}

std::string attributes_text(const Item& item, const World& world) {
  std::vector<std::string> told;
  for (const bool yes_no : {false, true}) {
    for (const AttributeRow& row : attributes()) {
      if (row.is_yes_no == yes_no && row.statement.is_given()) {
        told.push_back(attribute_text(row, item));
      }
    }
  }
  if (!item.sold_in.empty()) told.push_back("sold in " + countries_text(item.sold_in, world));
  for (const ItemTypeId type : item.types) told.push_back(world.item_types[type.value]);
  std::erase(told, "");
  return told.empty() ? "nothing is known of it" : name_list(told, told.size());
}

}  // namespace chokepoint
