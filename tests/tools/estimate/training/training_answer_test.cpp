#include "tools/estimate/training/training_answer.hpp"

#include <catch2/catch.hpp>
#include <sstream>

#include "tests/tools/estimate/training/shipped_training.hpp"

namespace chokepoint {
namespace {

TEST_CASE("training answer: parts of text and JSON", "[estimate][training]") {
  const TrainingWorld& world = shipped_training();
  TrainingQuestion question;
  question.model = "Llama-3-70B", question.device = "nv_h100_sxm", question.devices = 64;
  question.tensor = 8, question.pipeline = 4;
  const TrainingSubject subject = understood(question);
  const TrainingSystem system = subject.known.system(world.figures);
  const TrainingEstimate made = estimate_training(system, subject.known.plan);
  const std::string text = answer_text(subject, made, world, 1e12);
  for (const char* word :
       {"GiB", "fits", "yes: leaves", "nine in ten", "MFU", "days", "MWh", "products", "bubble"}) {
    INFO(word);
    CHECK(text.find(word) != std::string::npos);
  }
  const std::string json = answer_json(subject, made, world, {}).text();
  CHECK(json.find("\"schema\": \"chokepoint.estimate.training/1\"") != std::string::npos);
  CHECK(json.find("\"copy_exchange\"") != std::string::npos);
  CHECK(tokens_per_second(subject.known.plan, Seconds{2}).value ==
        subject.known.plan.global_batch * 4096.0 / 2);
}

TEST_CASE("training answer: what does not fit says its arithmetic and no speed",
          "[estimate][training]") {
  TrainingQuestion question;
  question.model = "Llama-3.1-405B", question.device = "nv_h100_sxm", question.devices = 8;
  question.tensor = 8;
  const TrainingSubject subject = understood(question);
  const TrainingSystem system = subject.known.system(shipped_training().figures);
  const TrainingEstimate made = estimate_training(system, subject.known.plan);
  const std::string text = answer_text(subject, made, shipped_training(), {});
  CHECK(text.find("no: lacks") != std::string::npos);
  CHECK(text.find("weights") != std::string::npos);
  CHECK(text.find("MFU") == std::string::npos);
}

}  // namespace
}  // namespace chokepoint
