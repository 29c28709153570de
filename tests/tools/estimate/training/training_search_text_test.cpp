#include "tools/estimate/training/training_search_text.hpp"

#include <catch2/catch.hpp>

#include "tests/tools/estimate/training/shipped_training.hpp"

namespace chokepoint {
namespace {

TEST_CASE("training search: the fastest first, the others with what they lose on",
          "[estimate][training]") {
  TrainingQuestion question;
  question.model = "Llama-3-8B", question.device = "nv_h100_sxm", question.devices = 16;
  question.global_batch = 128;
  const TrainingSubject subject = understood(without_degrees(question));
  const TrainingSystem system = subject.known.system(shipped_training().figures);
  const TrainingTask task = task_of(question, subject);
  CHECK(task.devices == 16);
  CHECK(task.global_batch == 128);
  const TrainingSearch found = search_training(system, task, 5);
  REQUIRE(found.plans.size() == 5);
  const std::string text = to_text(search_table(subject, task, found));
  CHECK(text.find("slower, most of it ") != std::string::npos);
}

}  // namespace
}  // namespace chokepoint
