#pragma once

#include "sim/trace/event/gangs.hpp"
#include "sim/trace/fields/field.hpp"

namespace chokepoint {

/// Which node: what all facts of nodes tell, and `more`.
template <class Event, class Message, class... More>
constexpr auto node_of_pool(More... more) {
  return std::tuple{field(&Event::pool, &Message::pool, &Message::mutable_pool),
                    field(&Event::node, &Message::node, &Message::set_node), more...};
}

constexpr auto listed(Of<NodeHeld>) {
  using E = NodeHeld;
  using F = pb::HeldFact;
  return listing(
      place(pb::Fact::kHeld, &pb::Fact::held, &pb::Fact::mutable_held),
      [](const E& in, const Labeler& say) {
        say.text("job ").text(in.gang).text(" on ").number(in.all_devices);
      },
      node_of_pool<E, F>(field(&E::gang, &F::job, &F::mutable_job),
                         field(&E::devices, &F::devices, &F::set_devices),
                         field(&E::all_devices, &F::job_devices, &F::set_job_devices),
                         always(&F::ended, &F::set_ended, false)));
}

constexpr auto listed(Of<NodeLeft>) {
  using E = NodeLeft;
  using F = pb::HeldFact;
  return listing(place(pb::Fact::kHeld, &pb::Fact::held, &pb::Fact::mutable_held), kNoLabel,
                 node_of_pool<E, F>(field(&E::gang, &F::job, &F::mutable_job),
                                    always(&F::ended, &F::set_ended, true),
                                    field(&E::why, &F::why, &F::set_why)));
}

constexpr auto listed(Of<NodeFailed>) {
  using E = NodeFailed;
  using F = pb::NodeFact;
  return listing(
      place(pb::Fact::kNode, &pb::Fact::node, &pb::Fact::mutable_node),
      [](const E& in, const Labeler& say) {
        say.text(in.is_broken ? "in repair: " : "down: ").text(in.cause);
      },
      node_of_pool<E, F>(field(&E::cause, &F::cause, &F::mutable_cause),
                         field(&E::is_broken, &F::broken, &F::set_broken),
                         always(&F::ended, &F::set_ended, false)));
}

constexpr auto listed(Of<NodeReturned>) {
  using F = pb::NodeFact;
  return listing(place(pb::Fact::kNode, &pb::Fact::node, &pb::Fact::mutable_node), kNoLabel,
                 node_of_pool<NodeReturned, F>(always(&F::ended, &F::set_ended, true)));
}

constexpr auto listed(Of<StorageFailed>) {
  using E = StorageFailed;
  using F = pb::StorageFact;
  return listing(
      place(pb::Fact::kStorage, &pb::Fact::storage, &pb::Fact::mutable_storage),
      [](const E& in, const Labeler& say) { say.text("storage away: ").text(in.cause); },
      std::tuple{field(&E::site, &F::site, &F::mutable_site),
                 field(&E::cause, &F::cause, &F::mutable_cause),
                 always(&F::ended, &F::set_ended, false)});
}

constexpr auto listed(Of<StorageReturned>) {
  using E = StorageReturned;
  using F = pb::StorageFact;
  return listing(
      place(pb::Fact::kStorage, &pb::Fact::storage, &pb::Fact::mutable_storage),
      [](const E&, const Labeler& say) { say.text("storage back"); },
      std::tuple{field(&E::site, &F::site, &F::mutable_site),
                 always(&F::ended, &F::set_ended, true)});
}

}  // namespace chokepoint
