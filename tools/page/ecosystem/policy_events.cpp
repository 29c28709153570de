#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "sim/indicators/headlines.hpp"
#include "tools/page/ecosystem/ecosystem_page.hpp"
#include "tools/page/words.hpp"

namespace chokepoint {

namespace {

constexpr std::size_t kMostEvents = 9;
constexpr std::size_t kMostOfMemory = 1;

/// A rule in the run and in the baseline, and what it held back there.
struct Acting {
  const Rule* rule = nullptr;  ///< Of the run, else of the baseline.
  bool acts_in_run = false, acts_in_base = false;
  bool is_changed = false;
  const HeldBack* in_run = nullptr;
  const HeldBack* in_base = nullptr;

  double weight() const {
    return std::max(in_run != nullptr ? in_run->value.value : 0.0,
                    in_base != nullptr ? in_base->value.value : 0.0);
  }
};

const HeldBack* held_back_by(const EcosystemRun& run, std::size_t rule) {
  const auto found = run.history->held_back.find(RuleId{static_cast<std::uint32_t>(rule)});
  return found == run.history->held_back.end() ? nullptr : &found->second;
}

/// Rules by name, from both runs.
std::map<std::string, Acting> acting_rules(const RunPair& pair) {
  std::map<std::string, Acting> acting;
  if (pair.base != nullptr) {
    const auto& rules = pair.base->world->regime.rules;
    for (std::size_t i = 0; i < rules.size(); ++i) {
      Acting& of = acting[rules[i].name];
      of.rule = &rules[i];
      of.acts_in_base = rules[i].enabled;
      of.in_base = held_back_by(*pair.base, i);
    }
  }
  const auto& rules = pair.world().regime.rules;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    Acting& of = acting[rules[i].name];
    const bool is_another_day =
        of.rule != nullptr && of.rule->validity.effective != rules[i].validity.effective;
    of.acts_in_run = rules[i].enabled;
    of.is_changed = pair.base != nullptr && (of.acts_in_run != of.acts_in_base || is_another_day);
    of.rule = &rules[i];
    of.in_run = held_back_by(pair.run, i);
  }
  return acting;
}

/// A rule about memory alone for the country that the study is about.
bool holds_memory(const Rule& rule) {
  return rule.enabled && rule.categories == 1U << static_cast<unsigned>(Category::Hbm) &&
         rule.destinations.has(kHomeCountry);
}

bool begins_within(const World& world, const Rule& rule) {
  return world.first_day() <= rule.validity.effective && rule.validity.effective < world.end_day();
}

std::string held_in_words(const HeldBack& held) {
  return fmt::format("holds back {} packages worth {}", amount_in_words(held.units),
                     money_in_words(held.value.value));
}

std::string effect_of(const Acting& of, bool has_base) {
  if (!of.acts_in_run) {
    return of.in_base == nullptr
               ? "Does not act in this run."
               : "Does not act in this run; in the baseline it " + held_in_words(*of.in_base) + ".";
  }
  std::string text = of.in_run != nullptr ? held_in_words(*of.in_run) : "holds nothing back itself";
  text[0] = 'H';
  if (has_base && !of.acts_in_base) return text + "; it does not act in the baseline.";
  if (has_base && of.in_base != nullptr) {
    return text + fmt::format("; baseline: {} packages.", amount_in_words(of.in_base->units));
  }
  return text + ".";
}

}  // namespace

int telling_year(const RunPair& pair) {
  const auto years = whole_years(pair.run);
  if (years.empty()) return year_of(pair.world().first_day());
  if (pair.base == nullptr) return years.back();
  return *std::ranges::max_element(years, {}, [&](int year) {
    return distance(pair.base->yearly.itself, pair.run.yearly.itself, year);
  });
}

std::vector<NumberedEvent> policy_events(const RunPair& pair) {
  std::vector<Acting> chosen;
  std::vector<Acting> of_memory;
  for (const auto& [name, of] : acting_rules(pair)) {
    if (!begins_within(pair.world(), *of.rule)) continue;
    if (of.weight() > 0.0 || of.is_changed) {
      chosen.push_back(of);
    } else if (holds_memory(*of.rule)) {
      of_memory.push_back(of);
    }
  }
  std::ranges::stable_sort(chosen, [](const Acting& a, const Acting& b) {
    return std::pair(a.is_changed, a.weight()) > std::pair(b.is_changed, b.weight());
  });
  const std::size_t left = std::min(of_memory.size(), kMostOfMemory);
  if (chosen.size() > kMostEvents - left) chosen.resize(kMostEvents - left);
  chosen.insert(chosen.end(), of_memory.begin(),
                of_memory.begin() + static_cast<std::ptrdiff_t>(left));
  std::ranges::stable_sort(chosen, {},
                           [](const Acting& of) { return of.rule->validity.effective; });
  std::vector<NumberedEvent> events;
  for (const Acting& of : chosen) {
    const std::string title = of.rule->title.empty() ? of.rule->name : of.rule->title;
    events.push_back({static_cast<int>(events.size()) + 1, format_date(of.rule->validity.effective),
                      fmt::format("{}: {}", of.rule->government.text(), title),
                      effect_of(of, pair.base != nullptr)});
  }
  return events;
}

}  // namespace chokepoint
