#include "sim/trace/describe.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

#include "sim/trace/fields.hpp"
#include "sim/trace/fields/numbers.hpp"
#include "sim/trace/nanoseconds.hpp"

namespace chokepoint {
namespace {

using Text = std::string;

// Texts are assigned into the message's own, whose memory is there from the fact before.
void tell(const World&, std::string_view value, Text& out) {
  out.assign(value);
}
void tell(const World&, Country value, Text& out) {
  out.assign(value.code.data(), value.code.size());
}
template <class Tag>
void tell(const World& world, Id<Tag> value, Text& out) {
  out.assign(name_of(world, value));
}
template <class Tag>
void tell(const World& world, std::optional<Id<Tag>> value, Text& out) {
  if (value) out.assign(name_of(world, *value));
}
void tell(const World&, Counter value, Text& out) {
  out.assign(counter_name(value));
}
void tell(const World& world, const CounterSampled& value, Text& out) {
  out.assign(subject_name(world, value));
}
template <class Enum>
requires std::is_enum_v<Enum>
void tell(const World&, Enum value, Text& out) {
  out.assign(word_of(value));
}

template <class Number, class Value>
Number number_of(const Value& value, double unit) {
  if constexpr (std::is_enum_v<Value>) {
    return static_cast<Number>(static_cast<int>(value) + numbers(value).first);
  } else if constexpr (std::is_same_v<Number, std::uint64_t> && std::is_same_v<Value, Seconds>) {
    return nanoseconds(value);
  } else if constexpr (requires { value.value; }) {
    return value.value / unit;
  } else {
    return static_cast<Number>(value);
  }
}

/// Text: the field hands out its own.
template <class Message, class Value>
void put(const World& world, const Value& value, double, Message& fact, Text* (Message::*field)()) {
  tell(world, value, *(fact.*field)());
}
template <class Message, class Value, class Number>
void put(const World&, const Value& value, double unit, Message& fact,
         void (Message::*field)(Number)) {
  (fact.*field)(number_of<Number>(value, unit));
}
template <class Message, class Number>
void put(const World&, std::optional<double> value, double, Message& fact,
         void (Message::*field)(Number)) {
  if (value) (fact.*field)(*value);
}

template <class Event, class Message, class Member, class Has, class Get, class Put>
void write_field(const Event& in, const World& world, const Field<Member, Has, Get, Put>& field,
                 Message& out) {
  put(world, std::invoke(field.member, in), field.unit, out, field.put);
}
template <class Event, class Message, class Get, class Put, class Value>
void write_field(const Event&, const World&, const Always<Get, Put, Value>& field, Message& out) {
  (out.*field.put)(field.value);
}
template <class Event, class Message, class Put, class Says>
void write_field(const Event& in, const World& world, const Derived<Put, Says>& field,
                 Message& out) {
  put(world, field.says(in, world), 1.0, out, field.put);
}

}  // namespace

void describe(const TraceEvent& event, const World& world, pb::Fact& fact) {
  std::visit(
      [&]<class Event>(const Event& in) {
        constexpr const auto& kListed = kListing<Event>;
        auto& out = *(fact.*kListed.place.put)();
        out.Clear();
        std::apply([&](const auto&... fields) { (write_field(in, world, fields, out), ...); },
                   kListed.fields);
      },
      event);
}

}  // namespace chokepoint
