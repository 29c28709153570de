#include "sim/trace/recall.hpp"

#include <algorithm>
#include <functional>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_set>
#include <variant>

#include "sim/trace/fields.hpp"
#include "sim/trace/fields/numbers.hpp"
#include "sim/trace/nanoseconds.hpp"

namespace chokepoint {
namespace {

constexpr std::size_t kCountryLetters = 2;

bool take(const std::string& text, const WorldNames&, Country& out) {
  if (text.size() != kCountryLetters) return false;
  out = Country(text);
  return true;
}

// Facts hold no texts: names that a trace has are kept for good, each once.
bool take(const std::string& text, const WorldNames&, std::string_view& out) {
  static std::unordered_set<std::string> names;
  out = *names.insert(text).first;
  return true;
}

template <class Tag>
bool take(const std::string& text, const WorldNames& names, Id<Tag>& out) {
  const auto id = names.find<Id<Tag>>(text);
  if (id) out = *id;
  return id.has_value();
}

template <class Tag>
bool take(const std::string& text, const WorldNames& names, std::optional<Id<Tag>>& out) {
  if (!text.empty()) out = names.find<Id<Tag>>(text);
  return text.empty() || out.has_value();
}

bool take(const std::string& text, const WorldNames&, Counter& out) {
  const auto found = std::ranges::find_if(
      kCounters, [&](Counter candidate) { return counter_name(candidate) == text; });
  if (found == kCounters.end()) return false;
  out = *found;
  return true;
}

bool take(const std::string& text, const WorldNames& names, CounterSampled& out) {
  return with_subject(out, [&]<class Subject>(Subject) {
    const auto id = names.find<Subject>(text);
    if (id) out.index = id->value;
    return id.has_value();
  });
}

template <class Enum>
requires std::is_enum_v<Enum>
bool take(const std::string& text, const WorldNames&, Enum& out) {
  static constexpr auto kWords = words(Enum{});
  const auto found = std::ranges::find(kWords, text);
  out = static_cast<Enum>(found - kWords.begin());
  return found != kWords.end();
}

template <class Number, class Value>
bool take_number(Number number, double unit, Value& out) {
  if constexpr (std::is_enum_v<Value>) {
    const auto [first, last] = numbers(Value{});
    out = static_cast<Value>(static_cast<int>(number) - first);
    return number >= std::max(first, 1) && number <= last;  // 0 is unspecified.
  } else if constexpr (std::is_same_v<Number, std::uint64_t> && std::is_same_v<Value, Seconds>) {
    out = seconds(number);
  } else if constexpr (requires { out.value; }) {
    out = Value{number * unit};
  } else {
    out = static_cast<Value>(number);
  }
  return true;
}

template <class Event, class Message, class Member, class Has, class Get, class Put>
bool read_field(const Message& fact, const WorldNames& names,
                const Field<Member, Has, Get, Put>& field, Event& out) {
  auto& value = std::invoke(field.member, out);
  if constexpr (std::is_same_v<std::decay_t<std::invoke_result_t<Get, Message>>, std::string>) {
    return take((fact.*field.get)(), names, value);
  } else if constexpr (!std::is_null_pointer_v<Has>) {
    if ((fact.*field.has)()) value = (fact.*field.get)();
    return true;
  } else {
    return take_number((fact.*field.get)(), field.unit, value);
  }
}
template <class Event, class Message, class Get, class Put, class Value>
bool read_field(const Message& fact, const WorldNames&, const Always<Get, Put, Value>& field,
                Event&) {
  return (fact.*field.get)() == field.value;
}
template <class Event, class Message, class Put, class Says>
bool read_field(const Message&, const WorldNames&, const Derived<Put, Says>&, Event&) {
  return true;
}

template <class Event>
bool recall_as(const pb::Fact& fact, Seconds time, const WorldNames& names,
               std::optional<TraceEvent>& out) {
  constexpr const auto& kListed = kListing<Event>;
  if (fact.fact_case() != kListed.place.kind) return false;
  const auto& message = (fact.*kListed.place.get)();
  Event event{};
  event.time = time;
  const bool is_whole = std::apply(
      [&](const auto&... fields) { return (read_field(message, names, fields, event) && ...); },
      kListed.fields);
  if (is_whole) out = event;
  return is_whole;
}

template <class... Events>
std::optional<TraceEvent> recall_any(const pb::Fact& fact, Seconds time, const WorldNames& names,
                                     const std::variant<Events...>*) {
  std::optional<TraceEvent> found;
  (void)(recall_as<Events>(fact, time, names, found) || ...);
  return found;
}

}  // namespace

std::optional<TraceEvent> recall(const pb::Fact& fact, Seconds time, const WorldNames& names) {
  return recall_any(fact, time, names, static_cast<const TraceEvent*>(nullptr));
}

void retell(TraceReader& trace, const WorldNames& names, TraceSink& sink) {
  while (const auto timed = trace.next()) {
    if (const auto event = recall(timed->fact, seconds(timed->time_ns), names)) {
      sink.record(*event);
    }
  }
}

}  // namespace chokepoint
