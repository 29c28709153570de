#include "tools/size/training_size.hpp"

#include "tests/tools/estimate/training/shipped_training.hpp"

namespace chokepoint {
namespace {

TrainingSizeQuestion small_question() {
  TrainingSizeQuestion question;
  question.of.model = "Llama-3.1-8B";
  question.target = {1e12, Seconds{60 * 86'400.0}};
  question.devices = {"nv_h20_96", "nv_h100_sxm", "hw_ascend_910c"};
  return question;
}

TEST_CASE("training size: kinds that make it stand first, the cheapest run first", "[size]") {
  const auto kinds = size_gangs(small_question(), shipped_training(), std::nullopt);
  REQUIRE(kinds.size() == 3);
  for (const SizedGangKind& kind : kinds) {
    INFO(kind.device);
    REQUIRE(kind.found.least);
    CHECK(kind.found.least->run <= small_question().target.within);
    CHECK(kind.cost.power > Watts{});
  }
  for (std::size_t i = 1; i < kinds.size(); ++i) {
    if (kinds[i].run) CHECK(*kinds[i - 1].run <= *kinds[i].run);
  }
}

TEST_CASE("training size: a device with fewer operations needs more of itself", "[size]") {
  TrainingSizeQuestion question = small_question();
  question.devices = {"nv_h100_sxm", "nv_h20_96"};
  int h100 = 0, h20 = 0;
  for (const auto& kind : size_gangs(question, shipped_training(), std::nullopt)) {
    REQUIRE(kind.found.least);
    (kind.device == "nv_h20_96" ? h20 : h100) = kind.found.least->devices;
  }
  CHECK(h20 > 3 * h100);
}

TEST_CASE("training size: a name that is none is told", "[size]") {
  TrainingSizeQuestion question = small_question();
  question.devices.push_back("nv_h100_sxn");
  const auto wrong = complaint_of(question, shipped_training());
  REQUIRE(wrong);
  CHECK(wrong->message == "no device 'nv_h100_sxn' in the catalogue");
  question.devices.clear();
  CHECK_FALSE(complaint_of(question, shipped_training()));
  question.of.model = "Llama-9";
  CHECK(complaint_of(question, shipped_training())->message ==
        "no model 'Llama-9' in the catalogue");
}

}  // namespace
}  // namespace chokepoint
