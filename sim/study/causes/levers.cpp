#include "sim/study/causes/levers.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <functional>
#include <map>
#include <numeric>
#include <utility>

#include "sim/scenario/compose/edits.hpp"
#include "sim/scenario/text/path.hpp"

namespace chokepoint {

namespace {

constexpr std::size_t kLevels = 2;
constexpr const char* kRules = "rules";
constexpr const char* kOtherChanges = "other changes";

/// "rules[x]" of "rules[x].enabled", "rules" and "x" of it; without a name where the path leads
/// into no element.
struct ChangedElement {
  std::string path, field, name;
};

ChangedElement element_of(const std::string& path) {
  const auto segments = parse_path(path);
  if (!segments || segments->empty()) return {path, path, ""};
  const PathSegment& top = segments->front();
  return top.key ? ChangedElement{element_path(top.field, *top.key), top.field, *top.key}
                 : ChangedElement{top.field, top.field, ""};
}

/// Which of several things belong together.
class Unions {
public:
  explicit Unions(std::size_t things) : first_(things) {
    std::iota(first_.begin(), first_.end(), std::size_t{0});
  }
  std::size_t first(std::size_t thing) const {
    while (first_[thing] != thing) thing = first_[thing];
    return thing;
  }
  void join(std::size_t a, std::size_t b) {
    const std::size_t one = first(a), two = first(b);
    first_[std::max(one, two)] = std::min(one, two);
  }

private:
  std::vector<std::size_t> first_;
};

bool belong_together(const Change& change, const Change& other) {
  const ChangedElement element = element_of(change.path), of_other = element_of(other.path);
  if (element.path == of_other.path) return true;
  const bool is_whole = other.path == of_other.path && !of_other.name.empty();
  if (!is_whole) return false;  // An element that stays can be named by anybody.
  std::string name = "\"";
  name.append(of_other.name).append("\"");
  return change.before.find(name) != std::string::npos ||
         change.after.find(name) != std::string::npos;
}

/// The smallest levers that there are.
std::vector<Lever> single_levers(const std::vector<Change>& changes) {
  Unions unions(changes.size());
  for (std::size_t i = 0; i < changes.size(); ++i) {
    for (std::size_t j = 0; j < changes.size(); ++j) {
      if (i != j && belong_together(changes[i], changes[j])) unions.join(i, j);
    }
  }
  std::map<std::size_t, Lever> by_first;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    Lever& lever = by_first[unions.first(i)];
    if (lever.paths.empty()) lever.name = element_of(changes[i].path).path;
    lever.paths.push_back(changes[i].path);
  }
  std::vector<Lever> levers;
  levers.reserve(by_first.size());
  for (auto& [first, lever] : by_first) levers.push_back(std::move(lever));
  return levers;
}

// ---- Groups, where levers are too many.

/// A lever, and what it can be grouped under: every name stands for part of what the next one does.
struct Grouped {
  Lever lever;
  std::array<std::string, kLevels> groups;
};

const pb::Rule* rule_of(const std::string& name, const pb::Scenario& base,
                        const pb::Scenario& other) {
  for (const pb::Scenario* scenario : {&other, &base}) {
    for (const pb::Rule& rule : scenario->rules()) {
      if (rule.name() == name) return &rule;
    }
  }
  return nullptr;
}

/// What it is about, for most rules the first of its categories.
std::string subject_of(const pb::Rule& rule) {
  if (rule.lists_parties()) return "that list parties";
  const auto& categories = rule.categories();
  const auto first = std::ranges::min_element(categories);
  const int category = first == categories.end() ? static_cast<int>(pb::CHIP) : *first;
  return "on " + pb::Category_Name(static_cast<pb::Category>(category));
}

Grouped grouped(Lever lever, const pb::Scenario& base, const pb::Scenario& other) {
  std::vector<std::string> lists;
  for (const auto& path : lever.paths) {
    const auto list = element_of(path).field;
    if (std::ranges::count(lists, list) == 0) lists.push_back(list);
  }
  std::string list;
  for (const auto& each : lists) list.append(list.empty() ? "" : " and ").append(each);
  Grouped result{std::move(lever), {list, list}};
  if (list == kRules) {
    const pb::Rule* rule = rule_of(element_of(result.lever.paths.front()).name, base, other);
    assert(rule != nullptr);
    const auto rules = "rules " + subject_of(*rule);
    result.groups = {rule->government() + " " + rules, rules};
  }
  return result;
}

void add_paths(Lever& lever, const Lever& from) {
  lever.paths.insert(lever.paths.end(), from.paths.begin(), from.paths.end());
}

/// Makes the levers one that are most under one name; false where all names differ.
bool group_largest(std::vector<Grouped>& levers, std::size_t level) {
  std::map<std::string, std::size_t> members;
  for (const Grouped& each : levers) ++members[each.groups[level]];
  const auto largest = std::ranges::max_element(
      members, [](const auto& a, const auto& b) { return a.second < b.second; });
  if (largest == members.end() || largest->second < 2) return false;
  Grouped* first = nullptr;
  for (Grouped& each : levers) {
    if (each.groups[level] != largest->first) continue;
    if (first == nullptr) {
      first = &each;
    } else {
      add_paths(first->lever, each.lever);
      each.lever.paths.clear();
    }
  }
  first->lever.name = largest->first;
  std::erase_if(levers, [](const Grouped& each) { return each.lever.paths.empty(); });
  return true;
}

/// Those with the most changes stay; the rest are one, the last.
void keep_greatest(std::vector<Grouped>& levers, std::size_t most) {
  std::vector<std::size_t> by_size(levers.size());
  std::iota(by_size.begin(), by_size.end(), std::size_t{0});
  std::ranges::stable_sort(by_size, std::greater{},
                           [&](std::size_t i) { return levers[i].lever.paths.size(); });
  by_size.resize(most - 1);
  std::ranges::sort(by_size);
  std::vector<Grouped> kept;
  Grouped rest{{kOtherChanges, {}, {}}, {}};
  for (std::size_t i = 0; i < levers.size(); ++i) {
    if (std::ranges::binary_search(by_size, i)) {
      kept.push_back(std::move(levers[i]));
    } else {
      add_paths(rest.lever, levers[i].lever);
    }
  }
  kept.push_back(std::move(rest));
  levers = std::move(kept);
}

}  // namespace

std::vector<Lever> levers_between(const pb::Scenario& base, const pb::Scenario& other,
                                  std::size_t most) {
  assert(most >= 1 && most <= kMostLevers);
  std::vector<Grouped> groups;
  for (Lever& lever : single_levers(changes_since(base, composed_from(other, ""), {}))) {
    groups.push_back(grouped(std::move(lever), base, other));
  }
  for (std::size_t level = 0; level < kLevels; ++level) {
    while (groups.size() > most && group_largest(groups, level)) {
    }
  }
  if (groups.size() > most) keep_greatest(groups, most);
  std::vector<Lever> levers;
  levers.reserve(groups.size());
  for (Grouped& each : groups) levers.push_back(std::move(each.lever));
  return levers;
}

Lever inseparable_lever(const std::vector<Lever>& parts) {
  Lever one;
  for (const Lever& part : parts) {
    one.name.append(one.name.empty() ? "" : " + ").append(part.name);
    add_paths(one, part);
    if (part.inseparable.empty()) {
      one.inseparable.push_back(part.name);
    } else {
      one.inseparable.insert(one.inseparable.end(), part.inseparable.begin(),
                             part.inseparable.end());
    }
  }
  return one;
}

pb::Scenario with_levers(const pb::Scenario& base, const pb::Scenario& other,
                         const std::vector<Lever>& levers, LeverSet applied) {
  pb::Scenario scenario = other;
  for (std::size_t lever = 0; lever < levers.size(); ++lever) {
    if ((applied >> lever & 1) != 0) continue;
    for (const auto& path : levers[lever].paths) revert(scenario, base, path);
  }
  return scenario;
}

}  // namespace chokepoint
