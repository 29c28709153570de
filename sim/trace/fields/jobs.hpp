#pragma once

#include "sim/trace/event/jobs.hpp"
#include "sim/trace/fields/field.hpp"

namespace chokepoint {

/// Of a step in the life of a job, with `more` that a step of this kind tells.
template <class Event, class Label, class... More>
constexpr auto job_step(pb::JobFact::What what, Label label, More... more) {
  using F = pb::JobFact;
  return listing(place(pb::Fact::kJob, &pb::Fact::job, &pb::Fact::mutable_job), label,
                 std::tuple{field(&Event::job, &F::job, &F::mutable_job),
                            always(&F::what, &F::set_what, what), more...});
}

constexpr auto listed(Of<JobQueued>) {
  return job_step<JobQueued>(pb::JobFact::QUEUED, kShared<shared_label("queued")>);
}

constexpr auto listed(Of<JobPlaced>) {
  using E = JobPlaced;
  using F = pb::JobFact;
  return job_step<E>(
      F::PLACED,
      [](const E& in, const Labeler& say) {
        say.text("placed on ").number(in.nodes).text(" nodes");
      },
      field(&E::pool, &F::pool, &F::mutable_pool), field(&E::nodes, &F::nodes, &F::set_nodes),
      field(&E::throughput, &F::tokens_per_s, &F::set_tokens_per_s));
}

constexpr auto listed(Of<SegmentBegan>) {
  return job_step<SegmentBegan>(pb::JobFact::SEGMENT_BEGAN, kShared<shared_label("training")>);
}

constexpr auto listed(Of<SegmentEnded>) {
  using F = pb::JobFact;
  return job_step<SegmentEnded>(F::SEGMENT_ENDED, kNoLabel,
                                field(&SegmentEnded::tokens, &F::tokens, &F::set_tokens));
}

constexpr auto listed(Of<JobFinished>) {
  return job_step<JobFinished>(pb::JobFact::FINISHED, kShared<shared_label("finished")>);
}

constexpr auto listed(Of<JobUnfinished>) {
  using F = pb::JobFact;
  return job_step<JobUnfinished>(F::UNFINISHED, kShared<shared_label("unfinished")>,
                                 field(&JobUnfinished::done, &F::tokens, &F::set_tokens));
}

/// Of a gang that has to leave a pool.
template <class Event, class Label>
constexpr auto job_sent_off(pb::JobFact::What what, Label label) {
  using F = pb::JobFact;
  return job_step<Event>(what, label, field(&Event::pool, &F::pool, &F::mutable_pool),
                         field(&Event::lost, &F::tokens, &F::set_tokens));
}

constexpr auto listed(Of<JobTakenBack>) {
  return job_sent_off<JobTakenBack>(
      pb::JobFact::TAKEN_BACK,
      [](const JobTakenBack&, const Labeler& say) { say.text("nodes taken back"); });
}

constexpr auto listed(Of<JobShutOut>) {
  return job_sent_off<JobShutOut>(pb::JobFact::SHUT_OUT, [](const JobShutOut&, const Labeler& say) {
    say.text("shut out by a rule");
  });
}

/// Of a copy of a checkpoint that leaves or arrives.
template <class Event, class Label>
constexpr auto checkpoint(bool arrived, Label label) {
  using F = pb::CheckpointFact;
  return listing(place(pb::Fact::kCheckpoint, &pb::Fact::checkpoint, &pb::Fact::mutable_checkpoint),
                 label,
                 std::tuple{field(&Event::job, &F::job, &F::mutable_job),
                            field(&Event::from, &F::from, &F::mutable_from),
                            field(&Event::to, &F::to, &F::mutable_to),
                            field(&Event::size, &F::bytes, &F::set_bytes),
                            always(&F::arrived, &F::set_arrived, arrived)});
}

constexpr auto listed(Of<CheckpointSent>) {
  return checkpoint<CheckpointSent>(false, [](const CheckpointSent& in, const Labeler& say) {
    say.text("checkpoint to ").name(in.to);
  });
}

constexpr auto listed(Of<CheckpointArrived>) {
  return checkpoint<CheckpointArrived>(true, [](const CheckpointArrived& in, const Labeler& say) {
    say.text("checkpoint at ").name(in.to);
  });
}

constexpr auto listed(Of<WindowServed>) {
  using E = WindowServed;
  using F = pb::WindowFact;
  return listing(
      place(pb::Fact::kWindow, &pb::Fact::window, &pb::Fact::mutable_window),
      [](const E& in, const Labeler& say) {
        if (in.unmet > Tokens{}) return say.shared<shared_label("demand not met")>();
        say.shared<shared_label("demand met")>();
      },
      std::tuple{field(&E::service, &F::service, &F::mutable_service),
                 field(&E::length, &F::length_s, &F::set_length_s),
                 field(&E::demand, &F::demand_tokens, &F::set_demand_tokens),
                 field(&E::capacity, &F::capacity_tokens, &F::set_capacity_tokens),
                 field(&E::served, &F::served_tokens, &F::set_served_tokens),
                 field(&E::unmet, &F::unmet_tokens, &F::set_unmet_tokens)});
}

}  // namespace chokepoint
