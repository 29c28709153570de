#pragma once

#include "models/world.hpp"
#include "sim/trace/counter_names.hpp"
#include "sim/trace/event/samples.hpp"
#include "sim/trace/fields/field.hpp"

namespace chokepoint {

// The subject of a sample is named by counter and index together; the counter is read first.
constexpr auto listed(Of<CounterSampled>) {
  using E = CounterSampled;
  using F = pb::CounterFact;
  return listing(
      place(pb::Fact::kCounter, &pb::Fact::counter, &pb::Fact::mutable_counter), kNoLabel,
      std::tuple{field(&E::counter, &F::counter, &F::mutable_counter),
                 field(
                     [](auto& in) -> auto& { return in; }, &F::subject, &F::mutable_subject),
                 field(&E::value, &F::value, &F::set_value),
                 derived(&F::mutable_unit,
                         [](const E& in, const World&) { return counter_unit(in.counter); })});
}

constexpr auto listed(Of<RunEnded>) {
  return listing(place(pb::Fact::kEnd, &pb::Fact::end, &pb::Fact::mutable_end),
                 kShared<shared_label("run ended")>, std::tuple{});
}

}  // namespace chokepoint
