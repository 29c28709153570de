#include "tools/policy/subject.hpp"

#include <algorithm>
#include <cctype>

#include "sim/scenario/reading/cursor.hpp"
#include "sim/scenario/text/spelling.hpp"
#include "tools/policy/argument.hpp"
#include "tools/policy/words.hpp"

namespace chokepoint {
namespace {

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words(1);
  for (const char c : lower(text)) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
      words.back() += c;
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

std::string without_gaps(const std::string& text) {
  std::string result;
  for (const auto& word : words_of(text)) result += word;
  return result;
}

bool has_words(const std::string& name, const std::vector<std::string>& wanted) {
  const auto words = words_of(name);
  return std::all_of(wanted.begin(), wanted.end(), [&](const std::string& word) {
    return std::find(words.begin(), words.end(), word) != words.end();
  });
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
  auto meant = those_that(all, [&](const std::string& name) { return lower(name) == lower(word); });
  if (!meant.empty()) return meant;
  meant = those_that(all, [&](const std::string& name) {
    return !without_gaps(word).empty() && without_gaps(name) == without_gaps(word);
  });
  if (!meant.empty()) return meant;
  const auto wanted = words_of(word);
  if (wanted.empty()) return {};
  return those_that(all, [&](const std::string& name) { return has_words(name, wanted); });
}

std::string help_for(const std::vector<Subject>& all, const std::string& word) {
  std::vector<std::string> names;
  names.reserve(2 * all.size());
  for (const Subject& subject : all) {
    names.push_back(lower(subject.name));
    names.push_back(lower(subject.display));
  }
  const std::string near = nearest(lower(word), names);
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (!near.empty() && names[i] == near) return "did you mean '" + all[i / 2].name + "'?";
  }
  return "see 'chokepoint policy check --all --on DATE' for what there is";
}

template <class Q>
std::optional<Q> bandwidth(const std::optional<double>& gb_s) {
  return gb_s ? std::optional(Q{*gb_s * kBillion}) : std::nullopt;
}

std::optional<double> billions(const std::optional<double>& value) {
  return value ? std::optional(*value * kBillion) : std::nullopt;
}

void add_flag(std::string& text, const std::optional<bool>& flag, const std::string& yes,
              const std::string& no) {
  if (flag) text += (text.empty() ? "" : ", ") + (*flag ? yes : no);
}

}  // namespace

std::vector<Subject> subjects(const World& world) {
  std::vector<Subject> all;
  all.reserve(world.device_items.size() + world.items.size());
  for (const NamedItem& device : world.device_items) {
    all.push_back({device.name, device.display, device.released, device.item});
  }
  for (const NamedItem& item : world.items) {
    if (item.item.device) continue;
    all.push_back({item.name, item.display, item.released, item.item});
  }
  return all;
}

FoundSubject find_subject(const World& world, const std::string& word) {
  const auto all = subjects(world);
  for (const NamedItem& item : world.items) {  // A device by the name of its item.
    if (lower(item.name) != lower(word)) continue;
    return {Subject{item.name, item.display, item.released, item.item}, "", ""};
  }
  const auto meant = meant_by(all, word);
  if (meant.size() == 1) return {meant.front(), "", ""};
  if (meant.empty()) return {std::nullopt, "no device or item '" + word + "'", help_for(all, word)};
  std::vector<std::string> names;
  names.reserve(meant.size());
  for (const Subject& subject : meant) names.push_back(subject.name);
  return {std::nullopt, "'" + word + "' could be any of " + std::to_string(names.size()),
          "say which: " + name_list(names)};
}

Subject bare_subject(const BareAttributes& given, const World& world) {
  Subject subject;
  subject.name = subject.display = "an item of these attributes";
  Item& item = subject.item;
  item.category = given.category;
  item.tpp = given.tpp.value_or(0.0);
  if (given.tpp && given.die_area_mm2) item.performance_density = *given.tpp / *given.die_area_mm2;
  item.memory_bandwidth = bandwidth<BytesPerSecond>(given.memory_bandwidth_gb_s);
  item.io_bandwidth = bandwidth<BytesPerSecond>(given.io_bandwidth_gb_s);
  item.designed_for_datacenter = given.designed_for_datacenter.value_or(true);
  item.vendor = given.vendor;
  const Country home = given.vendor ? world.orgs[given.vendor->value].headquarters : Country("US");
  item.vendor_headquarters = given.vendor_headquarters.value_or(home);
  item.sold_in = given.sold_in;
  item.process_node_nm = given.process_node_nm;
  item.nonplanar = given.nonplanar;
  item.transistors = billions(given.transistors_bn);
  item.has_hbm = given.has_hbm;
  item.hbm_density = billions(given.hbm_bandwidth_density);
  item.types = given.types;
  return subject;
}

std::string attributes_text(const Item& item, const World& world) {
  std::string text;
  for (const Attribute attribute :
       {Attribute::Tpp, Attribute::PerformanceDensity, Attribute::MemoryBandwidth,
        Attribute::IoBandwidth, Attribute::ProcessNode, Attribute::Transistors,
        Attribute::HbmDensity}) {
    const auto value = value_of(attribute, item);
    const bool is_always_said =
        item.category == Category::Chip && attribute <= Attribute::IoBandwidth;
    if (!value && !is_always_said) continue;
    const AttributeWords words = words_of(attribute);
    text += (text.empty() ? "" : ", ") + words.name + " ";
    text += value ? digits_beside(*value / words.in_base_units, -1.0) : "not known";
    if (value && !words.unit.empty()) text += " " + words.unit;
  }
  if (item.category == Category::Chip) {
    add_flag(text, item.designed_for_datacenter, "for data centers", "not for data centers");
  }
  add_flag(text, item.nonplanar, "transistors not planar", "planar transistors");
  add_flag(text, item.has_hbm, "with HBM", "without HBM");
  if (!item.sold_in.empty()) text += ", sold in " + countries_text(item.sold_in, world);
  for (const ItemTypeId type : item.types) {
    text += (text.empty() ? "" : ", ") + world.item_types[type.value];
  }
  return text.empty() ? "nothing is known of it" : text;
}

}  // namespace chokepoint
