#include "tools/estimate/training/training_answer.hpp"

#include <algorithm>
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
  const std::string text = answer_text(subject, made, world, nullptr);
  for (const char* word :
       {"GiB", "fits", "yes: leaves", "nine in ten", "MFU", "MWh", "products", "bubble"}) {
    INFO(word);
    CHECK(text.find(word) != std::string::npos);
  }
  const std::string json = answer_json(subject, made, world, nullptr).text();
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
  const std::string text = answer_text(subject, made, shipped_training(), nullptr);
  CHECK(text.find("no: lacks") != std::string::npos);
  CHECK(text.find("weights") != std::string::npos);
  CHECK(text.find("MFU") == std::string::npos);
}

std::string said_of(const TrainingQuestion& question) {
  const TrainingSubject subject = understood(question);
  const TrainingSystem system = subject.known.system(shipped_training().figures);
  return answer_text(subject, estimate_training(system, subject.known.plan), shipped_training(),
                     nullptr);
}

TEST_CASE("training answer: nobody measured says so, with the widest error there is",
          "[estimate][training]") {
  double widest = 0;
  for (const TrainingError& one : shipped_training().errors) {
    if (one.basis != "nothing") widest = std::max(widest, one.p90);
  }
  for (const char* device : {"mt_s5000", "camb_mlu590"}) {
    TrainingQuestion question;
    question.model = "Llama-3-8B", question.device = device, question.devices = 8;
    const TrainingSubject subject = understood(question);
    CHECK(subject.known.version == "");
    CHECK_FALSE(subject.known.is_architecture_measured);
    CHECK(expected_training_error(shipped_training().errors, subject.known)->p90 == widest);
    question.tensor = 8;
    CHECK(said_of(question).find("nobody measured") != std::string::npos);
  }
}

TEST_CASE("training answer: presumed versions were measured there", "[estimate][training]") {
  const auto version_on = [](const char* device, const char* model) {
    TrainingQuestion question;
    question.model = model, question.device = device, question.devices = 64;
    return understood(question).known;
  };
  CHECK(version_on("nv_a100_80", "Llama-3-8B").version == "paddle");
  CHECK(version_on("hw_ascend_910b2", "Llama-3-8B").version == "modellink_mcore");
  CHECK(version_on("nv_h100_sxm", "Llama-3-8B").version == "mbridge_dense");
  const TrainingCase experts = version_on("nv_h100_sxm", "Qwen3-30B-A3B");
  CHECK(experts.model.experts > 0);
  CHECK(expected_training_error(shipped_training().errors, experts)->p90 > 0.2);
}

TEST_CASE("training answer: what takes no time is not listed", "[estimate][training]") {
  TrainingQuestion question;
  question.model = "Llama-3-8B", question.device = "nv_h100_sxm", question.devices = 8;
  question.tensor = 8;
  CHECK(said_of(question).find("bubble") == std::string::npos);
}

}  // namespace
}  // namespace chokepoint
