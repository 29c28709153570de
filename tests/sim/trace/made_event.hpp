#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <typeindex>
#include <variant>
#include <vector>

#include "sim/trace/fields.hpp"
#include "sim/trace/fields/numbers.hpp"

namespace chokepoint {

/// Makes up a value for everything that the listing of an event names: ids of a world, two of one
/// kind in an event differ where the world has two; every value of an enumeration, both of a yes or
/// no, and what may be unset set and unset in turn over rounds. In round 0 everything is set to
/// something, and the first id of a kind is 0.
class MadeValues {
public:
  MadeValues(const World& world, std::uint32_t round) : world_(world), round_(round) {}

  template <class Event>
  Event event(Seconds time) {
    Event made;
    made.time = time;
    std::apply([&](const auto&... fields) { (set(made, fields), ...); }, kListing<Event>.fields);
    return made;
  }

private:
  template <class Event, class Member, class Has, class Get, class Put>
  void set(Event& event, const Field<Member, Has, Get, Put>& field) {
    make(std::invoke(field.member, event));
  }
  template <class Event, class Other>
  void set(Event&, const Other&) {}

  template <class Tag>
  void make(Id<Tag>& id) {
    const auto size = static_cast<std::uint32_t>(elements(world_, id).size());
    id.value = (round_ + seen_[typeid(Id<Tag>)]++) % size;
  }
  template <class Value>
  void make(std::optional<Value>& value) {
    if (round_ % 3 == 2) return;
    make(value.emplace());
  }
  template <int T, int B, int F, int E, int M, int K>
  void make(Quantity<T, B, F, E, M, K>& value) {
    value.value = static_cast<double>(++count_);
  }
  void make(Seconds& value) { value = static_cast<double>(++count_) * 1_days; }
  void make(double& value) { value = 0.25 * static_cast<double>(++count_); }
  void make(std::uint64_t& value) { value = ++count_; }
  void make(int& value) { value = static_cast<int>(++count_); }
  void make(std::string_view& value) {
    static std::set<std::string> kept;  // Facts hold no texts of their own.
    value = *kept.insert("thing " + std::to_string(++count_)).first;
  }
  void make(bool& value) { value = round_ % 2 == 0; }
  void make(Country& value) { value = Country(round_ % 2 == 0 ? "US" : "CN"); }
  void make(Gate& value) { value = static_cast<Gate>(1 + round_ % 3); }  // Of a refusal: not None.
  void make(Counter& value) {
    const auto is_there = [this](Counter counter) {
      return with_subject({{}, counter}, [&](auto id) { return !elements(world_, id).empty(); });
    };
    std::uint32_t at = round_;
    do {
      value = kCounters[at++ % kCounters.size()];
    } while (!is_there(value));
  }
  void make(CounterSampled& sample) {
    with_subject(sample, [&](auto id) {
      make(id);
      sample.index = id.value;
    });
  }
  template <class Enum>
  requires std::is_enum_v<Enum>
  void make(Enum& value) {
    if constexpr (requires { words(value); }) {
      value = static_cast<Enum>(round_ % words(value).size());
    } else {
      const Numbers known = numbers(value);
      value = static_cast<Enum>(static_cast<int>(round_) % (known.last - known.first + 1));
    }
  }

  const World& world_;
  std::uint32_t round_;
  std::uint32_t count_ = 0;
  std::map<std::type_index, std::uint32_t> seen_;
};

template <class... Events>
std::vector<TraceEvent> made_events(const World& world, std::uint32_t round,
                                    const std::variant<Events...>*) {
  std::vector<TraceEvent> made = {TraceEvent(MadeValues(world, round).event<Events>(0_days))...};
  std::ranges::stable_partition(
      made, [](const TraceEvent& event) { return !std::holds_alternative<RunEnded>(event); });
  double day = -1.0;
  for (TraceEvent& event : made) {
    ++day;
    std::visit([&](auto& fact) { fact.time = day * 1_days; }, event);
  }
  return made;
}

/// One event of every kind, a day apart, the end of the run last.
inline std::vector<TraceEvent> made_events(const World& world, std::uint32_t round) {
  return made_events(world, round, static_cast<const TraceEvent*>(nullptr));
}

}  // namespace chokepoint
