#include "models/training/mixed/mixed_plan.hpp"

#include <catch2/catch.hpp>

#include "tests/models/training/mixed/random_mixes.hpp"

namespace chokepoint {
namespace {

TEST_CASE("law: a mix of two equal kinds is the uniform plan", "[training][law]") {
  CHECK(rc::check([] {
    any::TrainingParts parts;
    // Inside one domain a uniform plan needs no network; kinds always meet over one.
    parts.links.domain = 2;
    const TrainingSystem system = parts.system();
    TrainingPlan plan = any::training_plan(parts.model);
    plan.pipeline = 2 << *rc::gen::inRange(0, 3);
    plan.data *= 2, plan.global_batch *= 2;
    const int each = static_cast<int>(parts.model.layers) / plan.pipeline;
    const int first = *rc::gen::inRange(1, plan.pipeline);
    const auto stages = [&](int count) {
      return std::vector<int>(static_cast<std::size_t>(count), each);
    };
    const MixedPlan mix{{{0, plan, stages(first)}, {1, plan, stages(plan.pipeline - first)}}};
    const std::vector<FleetKind> kinds = {{system, 1}, {system, 1}};
    RC_ASSERT(mix.devices() == plan.devices());
    const Seconds uniform = parts.step(plan).total();
    const Seconds mixed = MixedEstimator(kinds).time(mix).total();
    RC_ASSERT(std::abs(mixed / uniform - 1) < 1e-9);
    const TrainingMemory whole = training_memory(system, plan);
    const Bytes fullest = std::max(part_memory(system, mix.parts[0], 0).total(),
                                   part_memory(system, mix.parts[1], first).total());
    RC_ASSERT(std::abs(fullest / whole.total() - 1) < 1e-9);
  }));
}

TEST_CASE("law: no mix beats the sum of peaks", "[training][law]") {
  CHECK(rc::check([] {
    const any::TwoSystems two;
    const auto systems = two.systems();
    const std::vector<FleetKind> kinds = {{systems[0], 1}, {systems[1], 1}};
    const MixedPlan mix = any::mixed_plan(two.first.model);
    FlopsPerSecond peaks;
    for (const MixedPart& part : mix.parts) {
      const Peaks& of = systems[part.kind].device.peaks;
      peaks += std::max(*of.bf16, of.fp8.value_or(*of.bf16)) * double(part.devices());
    }
    const TrainingPlan& common = mix.parts.front().plan;
    Transformer shape = two.first.model;
    const Flops asked = step_flops(shape, common.sequence, common.global_batch);
    // Attention is counted in full and computed for half of the pairs.
    RC_ASSERT(MixedEstimator(kinds).time(mix).total() >= asked / peaks / 2);
  }));
}

TEST_CASE("law: kinds hand over by the slower network, and a faster one never slows a mix",
          "[training][law]") {
  CHECK(rc::check([] {
    any::TwoSystems two;
    const MixedPlan mix = any::mixed_plan(two.first.model);
    const auto time_of = [&] {
      const auto systems = two.systems();
      const std::vector<FleetKind> kinds = {{systems[0], 1}, {systems[1], 1}};
      const MixedTime time = MixedEstimator(kinds).time(mix);
      RC_ASSERT(time.borders.size() == 1);
      const auto of = [&](std::size_t i) {
        return systems[i].links.scaleout * systems[i].coefficients.outer_link;
      };
      RC_ASSERT(time.borders[0].rate == std::min(of(0), of(1)));
      RC_ASSERT(of(time.borders[0].slower) == time.borders[0].rate);
      return time.total();
    };
    const Seconds before = time_of();
    two.second.links.scaleout = two.second.links.scaleout * 2.0;
    RC_ASSERT(time_of() <= before * (1 + 1e-9));
  }));
}

TEST_CASE("law: the least time of a mix is no more than its time", "[training][law]") {
  CHECK(rc::check([] {
    const any::TwoSystems two;
    const auto systems = two.systems();
    const std::vector<FleetKind> kinds = {{systems[0], 1}, {systems[1], 1}};
    const MixedPlan mix = any::mixed_plan(two.first.model);
    const MixedEstimator estimator(kinds);
    std::vector<LayerLoad> loads;
    for (const MixedPart& part : mix.parts) {
      loads.push_back(estimator.of(part.kind).load(part.plan));
    }
    RC_ASSERT(estimator.least_time(mix, loads).total() <= estimator.time(mix).total() * (1 + 1e-9));
  }));
}

}  // namespace
}  // namespace chokepoint
