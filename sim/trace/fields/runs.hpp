#pragma once

#include "sim/trace/event/runs.hpp"
#include "sim/trace/fields/field.hpp"

namespace chokepoint {

/// Of a phase that begins or ends.
template <class Event, class Label>
constexpr auto run_phase(bool ended, Label label) {
  using F = pb::RunPhaseFact;
  return listing(place(pb::Fact::kPhase, &pb::Fact::phase, &pb::Fact::mutable_phase), label,
                 std::tuple{field(&Event::job, &F::job, &F::mutable_job),
                            field(&Event::phase, &F::phase, &F::set_phase),
                            always(&F::ended, &F::set_ended, ended)});
}

constexpr auto listed(Of<RunPhaseBegan>) {
  return run_phase<RunPhaseBegan>(
      false, [](const RunPhaseBegan& in, const Labeler& say) { say.text(name(in.phase)); });
}

constexpr auto listed(Of<RunPhaseEnded>) {
  return run_phase<RunPhaseEnded>(true, kNoLabel);
}

constexpr auto listed(Of<RunInterrupted>) {
  using E = RunInterrupted;
  using F = pb::InterruptionFact;
  return listing(
      place(pb::Fact::kInterruption, &pb::Fact::interruption, &pb::Fact::mutable_interruption),
      [](const E& in, const Labeler& say) {
        say.text(in.is_broken ? "broken " : "interrupted by ").text(name(in.scope));
      },
      std::tuple{field(&E::job, &F::job, &F::mutable_job),
                 field(&E::scope, &F::scope, &F::set_scope),
                 field(&E::is_broken, &F::broken, &F::set_broken),
                 field(&E::lost, &F::lost_tokens, &F::set_lost_tokens),
                 field(&E::checkpoint_lost, &F::checkpoint_lost, &F::set_checkpoint_lost)});
}

constexpr auto listed(Of<RunSaved>) {
  using E = RunSaved;
  using F = pb::SavedFact;
  return listing(
      place(pb::Fact::kSaved, &pb::Fact::saved, &pb::Fact::mutable_saved),
      [](const E&, const Labeler& say) { say.text("saved"); },
      std::tuple{field(&E::job, &F::job, &F::mutable_job),
                 field(&E::trained, &F::tokens, &F::set_tokens)});
}

}  // namespace chokepoint
