#include "tools/estimate/training/run_outlook.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "models/find_named.hpp"
#include "tests/tools/estimate/training/shipped_training.hpp"

namespace chokepoint {
namespace {

TrainingSubject llama_on(const char* device, int devices) {
  TrainingQuestion question;
  question.model = "Llama-3-70B", question.device = device, question.devices = devices;
  question.tensor = 8, question.pipeline = 4;
  return understood(question);
}

RunOutlook looked(const RunQuestion& question, const TrainingSubject& subject) {
  auto made = outlook_of(question, subject, Seconds{10}, shipped_training());
  if (const auto* wrong = std::get_if<Misunderstanding>(&made)) FAIL(wrong->message);
  return std::get<RunOutlook>(std::move(made));
}

RunQuestion trillion() {
  RunQuestion question;
  question.tokens = 1e12;
  return question;
}

TEST_CASE("run outlook: rates of the device's stack, and their ranges", "[estimate][training]") {
  const RunOutlook gpu = looked(trillion(), llama_on("nv_h100_sxm", 1'024));
  CHECK(gpu.reliability == "frontier_gpu");
  CHECK(gpu.recovery == "automatic");
  CHECK(gpu.often.goodput < gpu.expected.goodput);
  CHECK(gpu.expected.goodput < gpu.rarely.goodput);
  const RunOutlook npu = looked(trillion(), llama_on("hw_ascend_910b2", 1'024));
  CHECK(npu.reliability == "domestic");
  CHECK(npu.rarely.goodput - npu.often.goodput > gpu.rarely.goodput - gpu.often.goodput);
}

TEST_CASE("run outlook: time in use and energy follow from the time", "[estimate][training]") {
  const TrainingSubject subject = llama_on("nv_h100_sxm", 1'024);
  RunQuestion question = trillion();
  const RunOutlook outlook = looked(question, subject);
  const RunBill bill = bill_of(outlook, subject.upkeep);
  const double devices = 1'024 + 8.0 * static_cast<double>(outlook.run.spares);
  CHECK(bill.device_hours == Approx(devices * (bill.wall / 1_hours)));
  CHECK(bill.wall.value ==
        Approx(outlook.run.work.value / outlook.expected.goodput).epsilon(0.001));
  question.settings.spares = outlook.run.spares + 4;
  const RunBill with_spares = bill_of(looked(question, subject), subject.upkeep);
  CHECK(with_spares.device_hours > bill.device_hours);
  CHECK(with_spares.wall <= bill.wall);
  REQUIRE(bill.cost);
  CHECK(*bill.cost > bill.energy * subject.upkeep.electricity);
}

TEST_CASE("run outlook: what one sets is what counts", "[estimate][training]") {
  const TrainingSubject subject = llama_on("nv_h100_sxm", 1'024);
  RunQuestion question = trillion();
  question.settings.mean_to_interruption = 5_hours;
  question.settings.checkpoint_every = Seconds{600};
  question.recovery = "manual";
  question.seed = 7;
  const RunOutlook outlook = looked(question, subject);
  CHECK(outlook.run.mean_to_interruption()->value == Approx(5 * 3'600));
  CHECK(outlook.run.interval == Seconds{600});
  CHECK(outlook.rarely.goodput == Approx(outlook.often.goodput));
  CHECK(outlook.run.noticed > Seconds{3'000});
  REQUIRE(outlook.played);
  CHECK(outlook.played->is_finished);
  const std::string text = outlook_text(outlook, subject.upkeep);
  for (const char* word : {"goodput", "over the ranges", "every 10 minutes", "seed 7: done"}) {
    INFO(text);
    CHECK((text.find(word) != std::string::npos) == (std::string(word) != "over the ranges"));
  }
  const std::string json = outlook_json(outlook, subject.upkeep).text();
  for (const char* key : {"\"goodput\"", "\"device_hours\"", "\"every_s\": 600", "\"played\""}) {
    CHECK(json.find(key) != std::string::npos);
  }
}

TEST_CASE("run outlook: a run that never ends says why", "[estimate][training]") {
  const TrainingSubject subject = llama_on("nv_h100_sxm", 1'024);
  RunQuestion question = trillion();
  question.settings.mean_to_interruption = Seconds{0.01};
  const RunOutlook outlook = looked(question, subject);
  CHECK_FALSE(std::isfinite(outlook.expected.wall.value));
  CHECK(outlook_text(outlook, subject.upkeep).find("never end") != std::string::npos);
}

TEST_CASE("run outlook: what the catalogue lacks is said", "[estimate][training][bad]") {
  const TrainingSubject subject = llama_on("nv_h100_sxm", 64);
  const auto complaint = [&](const RunQuestion& question) {
    const auto made = outlook_of(question, subject, Seconds{10}, shipped_training());
    return std::get<Misunderstanding>(made);
  };
  RunQuestion question = trillion();
  question.reliability = "domestik";
  CHECK(complaint(question).message == "no reliability 'domestik' in the catalogue");
  CHECK(complaint(question).help.find("domestic") != std::string::npos);
  question = trillion(), question.recovery = "magic";
  CHECK(complaint(question).message == "no recovery 'magic' in the catalogue");
}

TEST_CASE("run outlook: shares of the time are of all of it", "[estimate][training]") {
  const RunOutlook outlook = looked(trillion(), llama_on("nv_h100_sxm", 1'024));
  CHECK(shares_table(outlook.expected).rows().size() >= 4);
}

}  // namespace
}  // namespace chokepoint
