#include "tools/report/indicators.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <string>
#include <vector>

#include "tests/tools/report/made_runs.hpp"

namespace chokepoint::indicators_test {
namespace {

using namespace made;

double value_of(const std::vector<Indicator>& indicators, const std::string& name,
                const std::string& subject = "") {
  for (const auto& indicator : indicators) {
    if (indicator.name == name && indicator.subject == subject) return indicator.value;
  }
  FAIL("no indicator " << name << " of '" << subject << "'");
  return 0.0;
}

const std::vector<TraceEvent> kFacts = {
    due("2025-03-15", 1000),
    paid("2025-03-22", 600, 7.2e6, 1.08e6),
    refused("2025-04-15", 300),
    refused("2025-04-16", 60, Gate::Both),
    delivered("2025-05-01", 40, "910c", true),
    due("2025-06-01", 80, "910c", "910c_national"),
    delivered("2025-06-02", 80, "910c", false, "910c_national"),
    closed("2025-12-31", 1000, 600, 360, 40),
    sampled("2025-01-01", Counter::DevicesInstalled, "north/h20", 10),
    sampled("2025-12-31", Counter::DevicesInstalled, "north/h20", 610),
    sampled("2025-12-31", Counter::DevicesInstalled, "north/910c", 120),
    sampled("2025-12-31", Counter::TokensServed, "chat", 4e12),
    sampled("2025-12-31", Counter::TrainingTokens, "pretrain", 2.5e11),
    sampled("2025-12-31", Counter::SiteEnergy, "north", 7.2e12),
};

TEST_CASE("indicators: parts of every split add up to their whole", "[report][indicators]") {
  const auto indicators = indicators_of(account(kFacts));
  std::map<std::string, double> wholes;
  std::map<std::pair<std::string, std::string>, double> sums;
  for (const auto& indicator : indicators) {
    if (indicator.split.empty()) {
      wholes[indicator.name] = indicator.value;
    } else {
      sums[{indicator.name, indicator.split}] += indicator.value;
    }
  }
  REQUIRE(sums.count({"refused", "rule"}) == 1);
  for (const auto& [of, sum] : sums) {
    if (of.first == "training_progress") continue;  // Percentages have no whole.
    INFO(of.first << " by " << of.second);
    CHECK(sum == Approx(wholes.at(of.first)));
  }
}

TEST_CASE("indicators: ordered is delivered plus refused plus outstanding",
          "[report][indicators]") {
  const auto all = indicators_of(account(kFacts));
  CHECK(value_of(all, "ordered") ==
        value_of(all, "delivered") + value_of(all, "refused") + value_of(all, "outstanding"));
  CHECK(value_of(all, "substitutes_delivered", "910c") == 40.0);
  CHECK(value_of(all, "delivered", "910c") == 80.0);
}

TEST_CASE("indicators: refusals stand under their rules and gates", "[report][indicators]") {
  const auto all = indicators_of(account(kFacts));
  CHECK(value_of(all, "refused", "letter") == 300.0);
  CHECK(value_of(all, "refused", "letter + guidance") == 60.0);
  CHECK(value_of(all, "refused", "US") == 300.0);
  CHECK(value_of(all, "refused", "US+CN") == 60.0);
}

TEST_CASE("indicators: units are those of people", "[report][indicators]") {
  const auto all = indicators_of(account(kFacts));
  CHECK(value_of(all, "devices_installed", "h20") == 610.0);
  CHECK(value_of(all, "tokens_served", "chat") == 4.0);           // 4e12 in 1e12.
  CHECK(value_of(all, "training_progress", "pretrain") == 25.0);  // 2.5e11 of 1e12.
  CHECK(value_of(all, "energy", "north") == Approx(2.0));         // 7.2e12 J over 3.6e12.
  CHECK(value_of(all, "revenue", "nvidia") == Approx(7.2));
  CHECK(value_of(all, "government_receipts") == Approx(1.08));
  CHECK(value_of(all, "revenue_refused", "nvidia") == Approx(360 * 12'000.0 / 1e6));
}

TEST_CASE(
    "indicators: goodput is told where the scenario asks, and whole where nothing stops a job",
    "[report][indicators]") {
  const auto told = [](World of, const std::vector<TraceEvent>& facts) {
    RunAccount account(of);
    for (const TraceEvent& event : facts) account.record(event);
    double value = -1.0;
    for (const Indicator& one : indicators_of(account)) {
      if (one.name == "training_goodput") value = one.value;
    }
    return value;
  };
  const auto trained = sampled("2025-12-31", Counter::TrainingTokens, "pretrain", 2.5e11);
  const auto goodput = sampled("2025-12-31", Counter::TrainingGoodput, "pretrain", 0.9);
  World asking = world();
  CHECK(told(asking, {trained}) == -1.0);
  asking.interrupted_jobs = InterruptedJobs{};
  CHECK(told(asking, {trained}) == Approx(100.0));
  CHECK(told(asking, {trained, goodput}) == Approx(90.0));
}

// Pools of buyers are in no list of the scenario's; what they hold is known all the same.
TEST_CASE("indicators: what is installed is told by device, never by pool",
          "[report][indicators]") {
  for (const Indicator& indicator : indicators_of(account(kFacts))) {
    if (indicator.split != "device") continue;
    INFO(indicator.name << " of " << indicator.subject);
    CHECK((indicator.subject == "h20" || indicator.subject == "910c"));
  }
}

TEST_CASE("indicators: lending and costs are told where a run sampled them, and else are not",
          "[report][indicators]") {
  const std::string day = "2025-12-31";
  const auto costs =
      indicators_of(account({sampled(day, Counter::CostOfServing, "north", 3e6),
                             sampled(day, Counter::CostOfTraining, "north", 2e6),
                             sampled(day, Counter::CostOfIdle, "north", 1e6),
                             sampled(day, Counter::TokensServedThere, "north", 6e12),
                             sampled(day, Counter::TrainingFlopsThere, "north", 4e24)}));
  CHECK(value_of(costs, "serving_cost", "north") == Approx(3.0));
  CHECK(value_of(costs, "idle_cost") == Approx(1.0));
  CHECK(value_of(costs, "cost_of_tokens", "north") == Approx(0.5));          // Of 1e6 tokens.
  CHECK(value_of(costs, "cost_of_training_flops", "north") == Approx(0.5));  // Of 1e18 FLOP.
  const auto lent = indicators_of(account({sampled(day, Counter::UnmetInReturn, "chat", 2e12),
                                           sampled(day, Counter::LentNodeHours, "north/h20", 7.0),
                                           sampled(day, Counter::GangsTakenBack, "north/h20", 3.0),
                                           sampled(day, Counter::LentFlops, "north/h20", 5e21)}));
  CHECK(value_of(lent, "lent_node_hours") == 7.0);
  CHECK(value_of(lent, "gangs_taken_back") == 3.0);
  CHECK(value_of(lent, "training_on_lent") == Approx(5.0));
  CHECK(value_of(lent, "tokens_unmet_in_return", "chat") == Approx(2.0));
  for (const Indicator& one : indicators_of(account(kFacts))) {
    CHECK(one.name.find("lent") == std::string::npos);
    CHECK(one.name.find("cost") == std::string::npos);
  }
}

}  // namespace
}  // namespace chokepoint::indicators_test
