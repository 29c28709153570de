#include "tools/estimate/serving_question.hpp"

#include <catch2/catch.hpp>

#include "tests/tools/estimate/shipped_serving.hpp"
#include "tools/estimate/serving_answer.hpp"

namespace chokepoint {
namespace {

ServingQuestion asked(const std::string& model, const std::string& device, int devices) {
  ServingQuestion question;
  question.model = model;
  question.device = device;
  question.devices = devices;
  return question;
}

TEST_CASE("serving question: all devices of a replica divide attention unless said", "[estimate]") {
  auto question = asked("Llama-3.1-70B", "nv_h100_sxm", 8);
  const auto found = understand(question, shipped_serving());
  const auto* all = std::get_if<ServingSubject>(&found);
  REQUIRE(all != nullptr);
  CHECK(all->plan.tensor == 8);
  CHECK(all->replicas == 1);
  CHECK(all->engine.name == "vllm");
  question.tensor = 2;
  const auto parts = understand(question, shipped_serving());
  CHECK(std::get<ServingSubject>(parts).replicas == 4);
}

TEST_CASE("serving question: a format that nobody said leaves others, which are told",
          "[estimate]") {
  auto question = asked("Qwen3-32B", "nv_h20_96", 8);
  const auto others = [&] {
    return std::get<ServingSubject>(understand(question, shipped_serving()));
  };
  CHECK(others().other_formats == std::vector<std::string>{"fp8"});
  CHECK_THAT(other_formats_text(others()), Catch::EndsWith("a search tries fp8 as well"));
  question.precision = "bf16";
  CHECK(others().other_formats.empty());
  CHECK(other_formats_text(others()).empty());
}

TEST_CASE("serving question: what is not understood is told with help", "[estimate]") {
  const auto wrong = [](ServingQuestion question) {
    const auto found = understand(question, shipped_serving());
    const auto* why = std::get_if<Misunderstanding>(&found);
    return why == nullptr ? std::string() : why->message + " | " + why->help;
  };
  CHECK_THAT(wrong(asked("Llama-3.1-7B", "nv_h100_sxm", 8)), Catch::Contains("no model"));
  CHECK_THAT(wrong(asked("Llama-3.1-70B", "nv_h100_smx", 8)), Catch::Contains("'nv_h100_sxm'"));
  auto parts = asked("Llama-3.1-70B", "nv_h100_sxm", 8);
  parts.tensor = 4;
  parts.pipeline = 3;
  CHECK_THAT(wrong(parts), Catch::Contains("divide"));
}

TEST_CASE("serving question: kernels are native unless a version or research is asked for",
          "[estimate]") {
  auto question = asked("Qwen3-32B", "hw_ascend_910b2", 8);
  const auto of = [&] { return understand(question, shipped_serving()); };
  CHECK(std::get<ServingSubject>(of()).version == nullptr);
  CHECK(std::get<ServingSubject>(of()).task.support[Kernel::Vector].coverage == 1);
  question.is_research = true;
  CHECK(std::get<ServingSubject>(of()).version->name == "torch_npu_2.12");
  CHECK(std::get<ServingSubject>(of()).task.support[Kernel::Vector].coverage < 1);
  question.is_research = false;
  question.stack_version = "cann_8.0_rc2";
  CHECK(std::get<ServingSubject>(of()).task.support[Kernel::GroupedGemm].coverage == 0);
  CHECK(std::get<ServingSubject>(of()).task.support[Kernel::Vector].coverage == 1);
  question.stack_version = "cuda_12";
  CHECK_THAT(std::get<Misunderstanding>(of()).message, Catch::Contains("no version 'cuda_12'"));
  question = asked("Qwen3-32B", "hy_k100_ai", 8);
  question.is_research = true;
  CHECK_THAT(std::get<Misunderstanding>(of()).message, Catch::Contains("nobody states"));
}

TEST_CASE("serving question: a search tries formats that the device computes", "[estimate]") {
  const auto formats = [](const char* device) {
    return formats_to_try(asked("Llama-3.1-70B", device, 8), shipped_serving()).size();
  };
  CHECK(formats("nv_a100_80") == 2);  // bf16 and int8.
  CHECK(formats("nv_h100_sxm") == 2);
  CHECK(formats("nv_b200") == 3);
}

TEST_CASE(
    "serving question: lengths go into the context of the model, or the one that is asked for",
    "[estimate]") {
  auto question = asked("Qwen3-8B", "nv_h20_96", 1);
  const auto& world = shipped_serving();
  const std::int64_t own = context_of(question, world);
  CHECK(own > 0);
  CHECK(std::get<ServingSubject>(understand(question, world)).context == own);
  question.output = 1000;
  for (const std::int64_t most : {own, std::int64_t{3000}, 2 * own}) {
    if (most != own) question.context = most;
    question.prompt = double(most) - 1000;
    CHECK_FALSE(context_complaint(question, world));
    question.prompt += 1;
    const auto wrong = context_complaint(question, world);
    REQUIRE(wrong);
    CHECK(wrong->message.find(std::to_string(most) + " tokens") != std::string::npos);
  }
}

}  // namespace
}  // namespace chokepoint
