#pragma once

#include "sim/trace/event/requests.hpp"
#include "sim/trace/fields/field.hpp"

namespace chokepoint {

/// Who, and at which replica: what all facts of requests tell.
template <class Event, class Message, class... More>
constexpr auto request_at_replica(More... more) {
  return std::tuple{field(&Event::request, &Message::request, &Message::set_request),
                    field(&Event::pool, &Message::pool, &Message::mutable_pool),
                    field(&Event::replica, &Message::replica, &Message::set_replica), more...};
}

constexpr auto listed(Of<PhaseBegan>) {
  using E = PhaseBegan;
  using F = pb::RequestFact;
  return listing(
      place(pb::Fact::kRequest, &pb::Fact::request, &pb::Fact::mutable_request),
      [](const E& in, const Labeler& say) {
        switch (in.phase) {
          case RequestPhase::Queued:
            return say.shared<shared_label("queue")>();
          case RequestPhase::Prefill:
            return say.shared<shared_label("prefill")>();
          case RequestPhase::Transfer:
            return say.shared<shared_label("transfer")>();
          case RequestPhase::Decode:
            return say.shared<shared_label("decode")>();
        }
      },
      request_at_replica<E, F>(field(&E::phase, &F::phase, &F::set_phase),
                               always(&F::ended, &F::set_ended, false)));
}

constexpr auto listed(Of<PhaseEnded>) {
  using E = PhaseEnded;
  using F = pb::RequestFact;
  return listing(place(pb::Fact::kRequest, &pb::Fact::request, &pb::Fact::mutable_request),
                 kNoLabel,
                 request_at_replica<E, F>(field(&E::phase, &F::phase, &F::set_phase),
                                          always(&F::ended, &F::set_ended, true),
                                          field(&E::leaves, &F::leaves, &F::set_leaves)));
}

constexpr auto listed(Of<RequestDropped>) {
  using E = RequestDropped;
  using F = pb::DroppedFact;
  return listing(
      place(pb::Fact::kDropped, &pb::Fact::dropped, &pb::Fact::mutable_dropped),
      [](const E& in, const Labeler& say) {
        if (in.is_lost) return say.shared<shared_label("lost")>();
        say.shared<shared_label("refused")>();
      },
      request_at_replica<E, F>(field(&E::is_lost, &F::lost, &F::set_lost)));
}

constexpr auto listed(Of<ReplicaSampled>) {
  using E = ReplicaSampled;
  using F = pb::ReplicaFact;
  return listing(place(pb::Fact::kGauge, &pb::Fact::gauge, &pb::Fact::mutable_gauge), kNoLabel,
                 std::tuple{field(&E::pool, &F::pool, &F::mutable_pool),
                            field(&E::replica, &F::replica, &F::set_replica),
                            field(&E::gauge, &F::gauge, &F::set_gauge),
                            field(&E::value, &F::value, &F::set_value)});
}

}  // namespace chokepoint
