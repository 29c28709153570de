#pragma once

#include <tuple>
#include <utility>

#include "chokepoint/v1/facts.pb.h"
#include "sim/trace/labels.hpp"

namespace chokepoint {

namespace pb = chokepoint::v1;

// A listing says once, for one kind of event, where a trace tells of it, what it is called there,
// and which of its members stands in which field. describe() writes by it, recall() reads by it.

/// A member of an event, or a function to it, and the field that tells it in units of `unit`.
template <class Member, class Has, class Get, class Put>
struct Field {
  Member member;
  Has has;  ///< Null: the field is always there.
  Get get;
  Put put;
  double unit = 1.0;
};

template <class Member, class Get, class Put>
constexpr auto field(Member member, Get get, Put put, double unit = 1.0) {
  return Field<Member, std::nullptr_t, Get, Put>{member, nullptr, get, put, unit};
}

/// A member of a member of an event.
template <class Outer, class Inner>
constexpr auto part(Outer outer, Inner inner) {
  return [=](auto& in) -> auto& {
    return in.*outer.*inner;
  };
}

/// A number that may be unset, as in the schema.
template <class Member, class Has, class Get, class Put>
constexpr auto optional_field(Member member, Has has, Get get, Put put) {
  return Field<Member, Has, Get, Put>{member, has, get, put};
}

/// A field that says the same of every event of a kind: by it one knows those that share a message.
template <class Get, class Put, class Value>
struct Always {
  Get get;
  Put put;
  Value value;
};

template <class Get, class Put, class Value>
constexpr auto always(Get get, Put put, Value value) {
  return Always<Get, Put, Value>{get, put, value};
}

/// A text that follows from the event and the world, for who reads a trace without them: `says`
/// returns it. It is not read back.
template <class Put, class Says>
struct Derived {
  Put put;
  Says says;
};

template <class Put, class Says>
constexpr auto derived(Put put, Says says) {
  return Derived<Put, Says>{put, says};
}

/// One of the messages of pb::Fact.
template <class Get, class Put>
struct Place {
  pb::Fact::FactCase kind;
  Get get;
  Put put;
};

template <class Get, class Put>
constexpr auto place(pb::Fact::FactCase kind, Get get, Put put) {
  return Place<Get, Put>{kind, get, put};
}

/// `label` is called with an event and a Labeler.
template <class Place, class Label, class... Fields>
struct Listing {
  Place place;
  Label label;
  std::tuple<Fields...> fields;
};

template <class Place, class Label, class... Fields>
constexpr auto listing(Place place, Label label, std::tuple<Fields...> fields) {
  return Listing<Place, Label, Fields...>{place, label, std::move(fields)};
}

/// Of events whose track says it all.
inline constexpr auto kNoLabel = [](const auto&, const Labeler&) {};

/// Of events that are all called alike.
template <std::size_t index>
inline constexpr auto kShared = [](const auto&, const Labeler& say) { say.shared<index>(); };

/// Selects the listing of an event: `listed(Of<RunEnded>{})`.
template <class Event>
struct Of {};

/// What most facts about an order share, and `more`.
template <class Event, class Message, class... More>
constexpr auto units_of_order(More... more) {
  return std::tuple{field(&Event::order, &Message::order, &Message::mutable_order),
                    field(&Event::device, &Message::device, &Message::mutable_device),
                    field(&Event::units, &Message::units, &Message::set_units), more...};
}

}  // namespace chokepoint
