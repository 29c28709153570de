#include "tools/estimate/training/training_question.hpp"

#include <catch2/catch.hpp>

#include "tests/tools/estimate/training/shipped_training.hpp"

namespace chokepoint {
namespace {

TrainingQuestion llama_question() {
  TrainingQuestion question;
  question.model = "Llama-3-70B", question.device = "nv_h100_sxm", question.devices = 64;
  question.tensor = 8;
  return question;
}

Misunderstanding misunderstood(const TrainingQuestion& question) {
  const auto subject = understand(question, shipped_training());
  const auto* wrong = std::get_if<Misunderstanding>(&subject);
  return wrong != nullptr ? *wrong : Misunderstanding{};
}

TEST_CASE("training question: what is not said has defaults", "[estimate][training]") {
  const TrainingPlan plan = understood(llama_question()).known.plan;
  CHECK(plan.data == 8);
  CHECK(plan.global_batch * plan.sequence == kUsualBatchTokens);
  TrainingQuestion interleaved = llama_question();
  interleaved.pipeline = 8, interleaved.chunks = 5, interleaved.sequence = 8192;
  CHECK(understood(interleaved).known.plan.microbatches() % 8 == 0);
}

TEST_CASE("training question: what cannot be answered says why and what can",
          "[estimate][training]") {
  TrainingQuestion question = llama_question();
  question.model = "Lama-3-70B";
  CHECK(misunderstood(question).help == "did you mean 'Llama-3-70B'?");
  question = llama_question();
  question.device = "nv_h100_sx";
  CHECK(misunderstood(question).help == "did you mean 'nv_h100_sxm'?");
  question = llama_question();
  question.stack_version = "mcore07";
  CHECK(misunderstood(question).help == "did you mean 'mcore08'?");
  question = llama_question();
  question.tensor = 16, question.pipeline = 3;
  CHECK(misunderstood(question).message.find("is not 64 devices") != std::string::npos);
  question = llama_question();
  question.precision = "fp12";
  CHECK(misunderstood(question).message == "no format 'fp12'");
  question = llama_question();
  question.pipeline = 4, question.chunks = 5, question.schedule = "zero-bubble";
  CHECK(misunderstood(question).help == "the nearest vpp is 1");
}

}  // namespace
}  // namespace chokepoint
