#include "models/training/layer_time.hpp"

#include <catch2/catch.hpp>

#include "models/performance/attention.hpp"
#include "models/performance/feed_forward.hpp"
#include "models/training/layer_launches.hpp"
#include "tests/models/training/random_training.hpp"

namespace chokepoint {
namespace {

TEST_CASE("law: every layer's weights are somewhere, each expert once in a group of experts",
          "[training][law]") {
  CHECK(rc::check([] {
    const Transformer model = any::trained_transformer();
    TrainingPlan plan = any::training_plan(model);
    plan.tensor = plan.expert_tensor = 1;
    const StageWeights here = layer_weights(model, plan);
    const double with = expert_layers(model) / model.layers;
    const double dense = attention_parameters(model) + (1 - with) * mlp_parameters(model) +
                         with * shared_expert_parameters(model);
    const double routed = with * model.experts * expert_parameters(model);
    RC_ASSERT(std::abs(here.dense - dense) <= 1e-9 * dense);
    RC_ASSERT(std::abs(here.experts * plan.expert - routed) <= 1e-9 * routed);
  }));
}

TEST_CASE("law: more bandwidth of memory never slows a layer, more FLOPs neither",
          "[training][law]") {
  CHECK(rc::check([] {
    any::TrainingParts parts;
    const TrainingPlan plan = any::training_plan(parts.model);
    const TrainingSystem before = parts.system();
    const LayerTime slow = TrainingRates(before, plan.format).layer(plan);
    parts.device.memory_bandwidth = *parts.device.memory_bandwidth * 2.0;
    parts.device.peaks.bf16 = *parts.device.peaks.bf16 * 1.5;
    parts.device.peaks.fp8 = *parts.device.peaks.fp8 * 1.5;
    const TrainingSystem after = parts.system();
    const LayerTime fast = TrainingRates(after, plan.format).layer(plan);
    const auto inputs = [](const LayerTime& of) {
      return of.backward.total() - of.weights + of.recompute + of.floor.inputs;
    };
    RC_ASSERT(fast.forward.total() + fast.floor.forward <=
              slow.forward.total() + slow.floor.forward);
    RC_ASSERT(inputs(fast) <= inputs(slow));
    RC_ASSERT(fast.weights + fast.floor.weights <= slow.weights + slow.floor.weights);
  }));
}

TEST_CASE("law: recomputing takes time, more of it the more is recomputed", "[training][law]") {
  CHECK(rc::check([] {
    const any::TrainingParts parts;
    TrainingPlan plan = any::training_plan(parts.model);
    const TrainingSystem system = parts.system();
    const TrainingRates rates(system, plan.format);
    plan.recompute = Recompute::None;
    RC_ASSERT(rates.layer(plan).recompute == Seconds{});
    plan.recompute = Recompute::Selective;
    RC_ASSERT(rates.layer(plan).recompute > Seconds{});
    plan.recompute = Recompute::Full;
    const Seconds all = rates.layer(plan).recompute;
    plan.recomputed_share = 0.5;
    RC_ASSERT(rates.layer(plan).recompute < all);
  }));
}

TEST_CASE("layer time: a vocabulary that is neither padded nor a multiple of 8 slows the head",
          "[training]") {
  const DeviceSpec device = h100();
  Transformer model = llama_70b();
  TrainingSystem system{model, device, {450_GBps, 8, 50_GBps}};
  TrainingPlan plan;
  const auto head = [&](double vocabulary, bool pads) {
    model.vocabulary = vocabulary, system.traits.pads_vocabulary = pads;
    return TrainingRates(system, plan.format).head(plan).forward;
  };
  CHECK(head(50257, true) < head(50304, true));
  CHECK(head(50304, false) == head(50304, true));
  plan.microbatch = 16;
  CHECK(head(50257, false) > head(50304, false) * 1.5);
}

TEST_CASE("law: a layer takes no less than the host needs to launch it", "[training][law]") {
  CHECK(rc::check([] {
    const any::TrainingParts parts;
    const TrainingPlan plan = any::training_plan(parts.model);
    const TrainingSystem system = parts.system();
    const LayerTime time = TrainingRates(system, plan.format).layer(plan);
    const LayerLaunches launches = layer_launches(system, plan);
    const double each = parts.coefficients.launch_us * 1e-6;
    const auto is_floor = [&](Seconds busy, Seconds floor, double count) {
      return (busy + floor).value >= each * count * (1 - 1e-9) && floor.value <= each * count;
    };
    const Seconds inputs = time.backward.total() - time.weights + time.recompute;
    RC_ASSERT(is_floor(time.forward.total(), time.floor.forward, launches.forward));
    RC_ASSERT(is_floor(inputs, time.floor.inputs, launches.inputs));
    RC_ASSERT(is_floor(time.weights, time.floor.weights, launches.weights));
  }));
}

TEST_CASE("layer time: kept scores cost more the longer the sequence", "[training]") {
  DeviceSpec device = h100();
  const Transformer model = llama_70b();
  TrainingSystem system{model, device, {450_GBps, 8, 50_GBps}};
  TrainingPlan plan;
  plan.tensor = 8;
  const auto attention = [&](bool keeps, double sequence) {
    system.traits.keeps_scores = keeps;
    plan.sequence = sequence;
    return TrainingRates(system, plan.format).layer(plan).forward.attention;
  };
  for (const double sequence : {2048.0, 8192.0}) {
    CHECK(attention(true, sequence) > attention(false, sequence) * 2.0);
  }
}

}  // namespace
}  // namespace chokepoint
