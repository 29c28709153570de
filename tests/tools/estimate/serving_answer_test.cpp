#include "tools/estimate/serving_answer.hpp"

#include <catch2/catch.hpp>

#include "tests/tools/estimate/shipped_serving.hpp"

namespace chokepoint {
namespace {

ServingSubject subject_of(const std::string& model, const std::string& device, int devices,
                          const std::string& precision) {
  ServingQuestion question;
  question.model = model;
  question.device = device;
  question.devices = devices;
  question.precision = precision;
  return std::get<ServingSubject>(understand(question, shipped_serving()));
}

TEST_CASE("serving answer: plans and formats in the field's words", "[estimate]") {
  ServingPlan plan{.tensor = 4, .attention_dp = 8};
  CHECK(plan_text(plan) == "TP4 x DP8");
  plan.expert_parallel = true;
  plan.pipeline = 2;
  CHECK(plan_text(plan) == "TP4 x DP8 x PP2, EP32");
  CHECK(precision_text(uniform_precision(NumericFormat::Int8, NumericFormat::Fp16)) ==
        "int8 weights, bf16 cache");
}

TEST_CASE("serving answer: the parts of an iteration add up to it", "[estimate]") {
  const auto subject = subject_of("Llama-3.1-70B", "nv_h100_sxm", 8, "fp8");
  const auto estimate = estimate_serving(subject.task, subject.plan, 1, 16);
  const std::string text = answer_text(subject, estimate, shipped_serving());
  CHECK(text.find("dense GEMM") != std::string::npos);
  CHECK(text.find("fitted to this device and family") != std::string::npos);
  const std::string json = answer_json(subject, estimate, shipped_serving()).text();
  CHECK(json.find("\"expected_error\"") != std::string::npos);
}

TEST_CASE("serving answer: what kernels are missing and what they cost", "[estimate]") {
  ServingQuestion question;
  question.model = "Qwen3-32B";
  question.device = "hw_ascend_910b2";
  question.devices = 8;
  const auto answer = [&] {
    const auto subject = std::get<ServingSubject>(understand(question, shipped_serving()));
    const auto estimate = estimate_serving(subject.task, subject.plan, 1, 16);
    return answer_text(subject, estimate, shipped_serving());
  };
  CHECK_THAT(answer(), Catch::Contains("all native"));
  question.is_research = true;
  CHECK_THAT(answer(), Catch::Contains("torch_npu_2.12: native are") &&
                           Catch::Contains("with all of them native TTFT is"));
}

TEST_CASE("serving answer: a cache that is allocated twice asks for a smaller share",
          "[estimate]") {
  ServingQuestion question;
  question.model = "Qwen3-Next-80B-A3B";
  question.device = "hw_ascend_910c_die";
  question.devices = 4;
  const auto verdict = [&] {
    const auto subject = std::get<ServingSubject>(understand(question, shipped_serving()));
    return answer_text(subject, estimate_serving(subject.task, subject.plan, 1, 16),
                       shipped_serving());
  };
  CHECK_THAT(verdict(), Catch::Contains("yes: one request leaves"));
  question.stack_version = "vllm_ascend_0.12.0rc1";
  CHECK_THAT(verdict(), Catch::Contains("no: the cache, allocated 2 times, lacks"));
}

TEST_CASE("serving answer: on a stack that nobody measured the error is that of a stack left out",
          "[estimate]") {
  const auto text_on = [](const char* device) {
    const auto subject = subject_of("Llama-3.1-70B", device, 8, "bf16");
    return answer_text(subject, estimate_serving(subject.task, subject.plan, 1, 16),
                       shipped_serving());
  };
  const std::string known = text_on("hw_ascend_910c"), unknown = text_on("mt_s5000");
  CHECK(known.find("nobody measured this stack") == std::string::npos);
  CHECK(unknown.find("nobody measured this stack") != std::string::npos);
  CHECK(unknown.find("stack not among the fitted") != std::string::npos);
}

}  // namespace
}  // namespace chokepoint
