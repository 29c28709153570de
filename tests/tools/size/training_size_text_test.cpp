#include "tools/size/training_size_text.hpp"

#include "tests/tools/estimate/training/shipped_training.hpp"

namespace chokepoint {
namespace {

TEST_CASE("training size text: what people and programs read", "[size]") {
  TrainingSizeQuestion question;
  question.of.model = "Llama-3.1-8B";
  question.target = {1e12, Seconds{60 * 86'400.0}, 0.9};
  question.devices = {"hw_ascend_910c", "nv_t4"};
  question.most = 1024;
  std::vector<SizedGangKind> kinds = size_gangs(question, shipped_training(), std::nullopt);
  SizedGangKind barred;
  barred.device = "nv_b300";
  barred.left_out = "license needed, by some rule";
  kinds.push_back(barred);
  const std::vector<PortWork> ports = {{"cann", 30, 8, 90, 10, 3.5, Usd{150'000}}};
  const std::string text = training_size_text(question, kinds, shipped_training(), ports);
  INFO(text);
  for (const char* words :
       {"Llama-3.1-8B: 1,000 billion tokens within 60 days", "hw_ascend_910c", "MFU",
        "cann: 30 engineer-months (8 to 90), 3.5 months for a team of 10", "Left out",
        "nv_b300: license needed, by some rule"}) {
    INFO(words);
    CHECK(text.find(words) != std::string::npos);
  }
  const std::string json = training_size_json(question, kinds, shipped_training(), ports).text();
  for (const char* words : {"\"schema\": \"chokepoint.size.training/1\"", "\"within_days\": 60",
                            "\"port_engineer_months\": 30", "\"left_out\": \"license needed"}) {
    INFO(words);
    CHECK(json.find(words) != std::string::npos);
  }
}

}  // namespace
}  // namespace chokepoint
