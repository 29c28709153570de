#include "models/training/step/played_step.hpp"

#include <catch2/catch.hpp>

#include "tests/models/training/step/random_step.hpp"

namespace chokepoint {
namespace {

bool are_alike(double a, double b, double scale) {
  return std::abs(a - b) <= 1e-7 * scale;
}

TEST_CASE("law: a step that is played ends when it is estimated to", "[training][step][law]") {
  CHECK(rc::check([] {
    const any::TrainingParts parts;
    const TrainingPlan plan = any::played_plan(parts.model);
    const double estimated = parts.step(plan).total().value;
    RC_ASSERT(are_alike(play_step(parts.system(), plan).ends.value, estimated, estimated));
  }));
}

TEST_CASE("law: what a rank does fills its time, one after the other", "[training][step][law]") {
  CHECK(rc::check([] {
    const any::TrainingParts parts;
    const TrainingSystem system = parts.system();
    const PlayedStep step = play_step(system, any::played_plan(parts.model));
    for (const auto& rank : step.ranks) {
      double now = 0, begins = 0;
      for (const StepOperation& one : rank) {
        RC_ASSERT(one.begins.value >= begins);
        RC_ASSERT(one.ends >= one.begins);
        begins = one.begins.value;
        if (one.is_hidden) continue;
        RC_ASSERT(are_alike(one.begins.value, now, step.ends.value));
        now = one.ends.value;
      }
      RC_ASSERT(are_alike(now, step.ends.value, step.ends.value));
    }
  }));
}

TEST_CASE("law: parts of a step take as long, in the mean of its ranks, as is estimated",
          "[training][step][law]") {
  CHECK(rc::check([] {
    const any::TrainingParts parts;
    const TrainingPlan plan = any::played_plan(parts.model);
    const StepTime estimated = parts.step(plan);
    const PlayedStep step = play_step(parts.system(), plan);
    StepTime played;
    for (const auto& rank : step.ranks) {
      for (const StepOperation& one : rank) {
        if (one.is_hidden) continue;
        played.parts[static_cast<std::size_t>(one.part)] +=
            one.time() / static_cast<double>(step.ranks.size());
      }
    }
    for (std::size_t i = 0; i < kStepParts; ++i) {
      RC_ASSERT(
          are_alike(played.parts[i].value, estimated.parts[i].value, estimated.total().value));
    }
  }));
}

TEST_CASE("law: a message that comes in was sent before, by whom the receiver names",
          "[training][step][law]") {
  CHECK(rc::check([] {
    const any::TrainingParts parts;
    const TrainingPlan plan = any::played_plan(parts.model);
    const PlayedStep step = play_step(parts.system(), plan);
    std::size_t sent = 0, received = 0;
    for (std::size_t k = 0; k < step.ranks.size(); ++k) {
      for (const StepOperation& one : step.ranks[k]) {
        if (!one.is_exchange || one.group != StepGroup::Pipeline || one.is_hidden) continue;
        one.what == StepExchange::Send ? ++sent : ++received;
        if (one.what == StepExchange::Send) continue;
        const auto& from = step.ranks[static_cast<std::size_t>(one.peer)];
        RC_ASSERT(std::any_of(from.begin(), from.end(), [&](const StepOperation& send) {
          return send.is_exchange && send.what == StepExchange::Send && !send.is_hidden &&
                 send.pass == one.pass && send.microbatch == one.microbatch &&
                 send.peer == static_cast<int>(k) &&
                 send.ends.value <= one.begins.value + 1e-7 * step.ends.value;
        }));
      }
    }
    RC_ASSERT(sent == received);
    const int stages = plan.stages(), m = plan.microbatches();
    RC_ASSERT(sent == (plan.pipeline == 1 ? 0U : static_cast<std::size_t>(2 * m * (stages - 1))));
  }));
}

}  // namespace
}  // namespace chokepoint
