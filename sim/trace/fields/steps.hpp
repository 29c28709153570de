#pragma once

#include "sim/trace/event/steps.hpp"
#include "sim/trace/fields/field.hpp"

namespace chokepoint {

constexpr auto listed(Of<StepBegan>) {
  using E = StepBegan;
  using F = pb::StepFact;
  return listing(
      place(pb::Fact::kStep, &pb::Fact::step, &pb::Fact::mutable_step),
      [](const E&, const Labeler& say) { say.text("step"); },
      std::tuple{field(&E::job, &F::job, &F::mutable_job), always(&F::ended, &F::set_ended, false),
                 field(&E::tensor, &F::tensor, &F::set_tensor),
                 field(&E::pipeline, &F::pipeline, &F::set_pipeline),
                 field(&E::context, &F::context, &F::set_context),
                 field(&E::data, &F::data, &F::set_data),
                 field(&E::expert, &F::expert, &F::set_expert),
                 field(&E::expert_division, &F::expert_division, &F::set_expert_division),
                 field(&E::chunks, &F::chunks, &F::set_chunks),
                 field(&E::microbatches, &F::microbatches, &F::set_microbatches)});
}

constexpr auto listed(Of<StepEnded>) {
  using F = pb::StepFact;
  return listing(place(pb::Fact::kStep, &pb::Fact::step, &pb::Fact::mutable_step), kNoLabel,
                 std::tuple{field(&StepEnded::job, &F::job, &F::mutable_job),
                            always(&F::ended, &F::set_ended, true)});
}

/// What operations and exchanges share: of what rank, which one, whether it ends, and `more`.
template <class Event, class Message, class... More>
constexpr auto part_of_step(bool ended, More... more) {
  return std::tuple{field(&Event::job, &Message::job, &Message::mutable_job),
                    field(&Event::rank, &Message::rank, &Message::set_rank),
                    field(&Event::number, &Message::number, &Message::set_number),
                    always(&Message::ended, &Message::set_ended, ended), more...};
}

/// Such as "products, forward 12".
inline constexpr auto kPartAndPass = [](const auto& in, const Labeler& say) {
  say.text(name(in.part));
  if (in.pass != StepPass::None) say.text(", ").text(name(in.pass)).text(" ").number(in.microbatch);
};

constexpr auto listed(Of<OperationBegan>) {
  using E = OperationBegan;
  using F = pb::OperationFact;
  return listing(place(pb::Fact::kOperation, &pb::Fact::operation, &pb::Fact::mutable_operation),
                 kPartAndPass,
                 part_of_step<E, F>(false, field(&E::part, &F::part, &F::mutable_part),
                                    field(&E::busy, &F::busy, &F::set_busy),
                                    field(&E::pass, &F::pass, &F::set_pass),
                                    field(&E::microbatch, &F::microbatch, &F::set_microbatch),
                                    field(&E::chunk, &F::chunk, &F::set_chunk),
                                    field(&E::operations, &F::operations, &F::set_operations),
                                    field(&E::bytes, &F::bytes, &F::set_bytes),
                                    field(&E::rate_share, &F::rate_share, &F::set_rate_share)));
}

constexpr auto listed(Of<OperationEnded>) {
  return listing(place(pb::Fact::kOperation, &pb::Fact::operation, &pb::Fact::mutable_operation),
                 kNoLabel, part_of_step<OperationEnded, pb::OperationFact>(true));
}

constexpr auto listed(Of<ExchangeBegan>) {
  using E = ExchangeBegan;
  using F = pb::ExchangeFact;
  return listing(
      place(pb::Fact::kExchange, &pb::Fact::exchange, &pb::Fact::mutable_exchange), kPartAndPass,
      part_of_step<E, F>(
          false, field(&E::group, &F::group, &F::mutable_group),
          field(&E::is_hidden, &F::hidden, &F::set_hidden),
          field(&E::part, &F::part, &F::mutable_part), field(&E::what, &F::what, &F::set_what),
          field(&E::pass, &F::pass, &F::set_pass),
          field(&E::microbatch, &F::microbatch, &F::set_microbatch),
          field(&E::chunk, &F::chunk, &F::set_chunk), field(&E::bytes, &F::bytes, &F::set_bytes),
          field(&E::peer, &F::peer, &F::set_peer)));
}

constexpr auto listed(Of<ExchangeEnded>) {
  using E = ExchangeEnded;
  using F = pb::ExchangeFact;
  return listing(place(pb::Fact::kExchange, &pb::Fact::exchange, &pb::Fact::mutable_exchange),
                 kNoLabel,
                 part_of_step<E, F>(true, field(&E::group, &F::group, &F::mutable_group),
                                    field(&E::is_hidden, &F::hidden, &F::set_hidden)));
}

}  // namespace chokepoint
