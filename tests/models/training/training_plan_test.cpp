#include "models/training/training_plan.hpp"

#include <catch2/catch.hpp>

#include "tests/models/training/random_training.hpp"

namespace chokepoint {
namespace {

TrainingPlan plan_of_64() {
  TrainingPlan plan;
  plan.tensor = 8;
  plan.pipeline = 4;
  plan.data = 2;
  plan.global_batch = 64;
  return plan;
}

PlanComplaint complaint(const TrainingPlan& plan, int devices = 64) {
  return plan_complaint(plan, llama_70b(), h100(), devices);
}

TEST_CASE("training plan: one that divides is fine", "[training]") {
  CHECK(complaint(plan_of_64()).message.empty());
}

TEST_CASE("training plan: a round of more sequences than an int holds is counted", "[training]") {
  TrainingPlan plan = plan_of_64();
  plan.data = 100'000, plan.microbatch = 1'000'000, plan.global_batch = 64;
  CHECK(plan.sequences_of_round() == 100'000'000'000);
  CHECK(complaint(plan, 3'200'000).help == "the nearest global batch is 100000000000");
}

TEST_CASE("law: parts of experts, ranks that divide them and copies are all ranks of a stage",
          "[training][law]") {
  CHECK(rc::check([] {
    const Transformer model = any::trained_transformer();
    const TrainingPlan plan = any::training_plan(model);
    RC_ASSERT(expert_copies(plan) * plan.expert * expert_division(plan) ==
              static_cast<double>(plan.tensor) * plan.copies());
  }));
}

TEST_CASE("training plan: complaints name the nearest that is fine", "[training]") {
  TrainingPlan plan = plan_of_64();
  plan.tensor = 6, plan.data = 1;
  CHECK(complaint(plan, 24).message == "64 heads do not divide by tp 6");
  CHECK(complaint(plan, 24).help == "the nearest tp is 4");
  plan = plan_of_64();
  plan.chunks = 6;
  CHECK(complaint(plan).message == "80 layers do not divide by pp 4 x vpp 6");
  CHECK(complaint(plan).help == "the nearest vpp is 5");
  plan = plan_of_64();
  CHECK(complaint(plan, 128).message == "tp 8 x pp 4 x cp 1 x dp 2 = 64 is not 128 devices");
  CHECK(complaint(plan, 128).help == "the nearest dp is 4");
  CHECK(complaint(plan, 16).message == "tp 8 x pp 4 x cp 1 x dp 2 = 64 is more than 16 devices");
  plan.global_batch = 63;
  CHECK(complaint(plan).help == "the nearest global batch is 64");
  plan = plan_of_64();
  plan.expert = 2;
  CHECK(complaint(plan).help == "the nearest ep is 1");
  plan = plan_of_64();
  plan.format = TrainingFormat::Nvfp4;
  CHECK(complaint(plan).message == "h100 has no arithmetic for nvfp4");
  CHECK(complaint(plan).help == "the nearest format is fp8");
  plan = plan_of_64();
  plan.zero = 7;
  CHECK(complaint(plan).help == "the nearest stage is 3");
  plan = plan_of_64();
  plan.format = TrainingFormat::Mxfp8;
  CHECK(complaint(plan).message == "h100 has no arithmetic for mxfp8");
  CHECK(complaint(plan).help == "the nearest format is fp8");
  plan = plan_of_64();
  plan.tensor = 1, plan.data = 1, plan.pipeline = 82;  // 80 layers and two ends.
  CHECK(complaint(plan, 82).message == "80 layers do not divide by pp 82 x vpp 1");
  plan = plan_of_64();
  plan.context = 3, plan.data = 1, plan.tensor = 1;
  CHECK(complaint(plan, 12).message == "a sequence of 4096 tokens does not divide by cp 3");
  CHECK(complaint(plan, 12).help == "the nearest cp is 2");
  plan = plan_of_64();
  plan.zero = 1, plan.microbatch = 0;
  CHECK(complaint(plan).message == "microbatch is 0");
}

TEST_CASE("training plan: an embedding and a head may each take the place of a layer",
          "[training]") {
  Transformer model = llama_70b();
  model.layers = 126;
  TrainingPlan plan = plan_of_64();
  plan.pipeline = 8, plan.chunks = 8, plan.tensor = 1, plan.data = 8;
  CHECK(plan_complaint(plan, model, h100(), 64).message.empty());
  const StageLayers layers = stage_layers(model, plan);
  CHECK(layers.first == 1);
  CHECK(layers.middle == 2);
  CHECK(layers.last == 1);
}

TEST_CASE(
    "training plan: from both ends an even number of stages, and of microbatches twice as many",
    "[training]") {
  const Transformer model = llama_70b();
  TrainingPlan plan;
  plan.schedule = PipelineSchedule::DualPipe;
  plan.pipeline = 4, plan.tensor = 8, plan.data = 2;
  const auto wrong = [&] { return plan_complaint(plan, model, h100(), plan.devices()); };
  plan.global_batch = 2 * 8;
  CHECK(wrong().message.empty());
  plan.global_batch = 2 * 7;
  CHECK(wrong().help == "the nearest global batch is 16");
  plan.global_batch = 2 * 9;
  CHECK(wrong().help == "the nearest global batch is 20");
  plan.pipeline = 5, plan.global_batch = 40;
  CHECK(wrong().help == "the nearest pp is 6");
  plan.pipeline = 4, plan.chunks = 2, plan.global_batch = 16;
  CHECK(wrong().help == "the nearest vpp is 1");
}

TEST_CASE("law: what a complaint says is nearest is fine", "[training][law]") {
  CHECK(rc::check([] {
    const Transformer model = any::trained_transformer();
    TrainingPlan plan = any::training_plan(model);
    plan.tensor = *rc::gen::inRange(1, 20);
    plan.expert = 1;
    const auto wrong = plan_complaint(plan, model, h100(), plan.devices());
    const std::string prefix = "the nearest tp is ";
    if (wrong.help.starts_with(prefix)) {
      plan.tensor = std::stoi(wrong.help.substr(prefix.size()));
      RC_ASSERT(plan_complaint(plan, model, h100(), plan.devices()).message.empty());
    }
  }));
}

}  // namespace
}  // namespace chokepoint
