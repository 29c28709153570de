#include "tools/size/size_text.hpp"

#include <catch2/catch.hpp>
#include <sstream>

#include "tests/tools/size/sized_answers.hpp"
#include "tools/print/wrap.hpp"

namespace chokepoint {
namespace {

std::string text_for(const SizeQuestion& question) {
  return size_text(question, small_answer(question), shipped_serving());
}

TEST_CASE("size text: it fits a terminal of 80 columns", "[size]") {
  std::istringstream lines(text_for(small_question()));
  for (std::string line; std::getline(lines, line);) {
    INFO(line);
    CHECK(display_width(line) <= kTableColumns);
  }
}

TEST_CASE("size text: fleet, times, cost, what breaks, price and error are there", "[size]") {
  const std::string text = text_for(small_question());
  for (const char* word : {"nv_h20_96", "hw_ascend_910b2", "TTFT p99", "TPOT p99", "SLO met",
                           "$/month", "kW", "What breaks first", "it holds", "Prices",
                           "Errors to expect", "runs within", "20 requests/s"}) {
    INFO(word);
    CHECK(text.find(word) != std::string::npos);
  }
}

TEST_CASE("size text: a kind without a price says so, after those with one", "[size]") {
  const auto& world = shipped_serving();
  SizeQuestion question = small_question();
  auto kinds = small_answer(question);
  auto without = std::make_shared<ServingSubject>(*kinds.front().subject);
  without->upkeep.price.reset();
  kinds.front().subject = without;
  kinds.front().cost = fleet_cost(without->upkeep, 8, 1000);
  const std::string text = size_text(question, kinds, world);
  CHECK(text.find("no price is known") != std::string::npos);
}

TEST_CASE("size text: no fleet is said with its reason and figure", "[size]") {
  SizeQuestion question = small_question({"nv_h20_96"});
  question.target.bounds = {{LatencyMetric::Tpot, 0.99, Seconds{1e-4}}};
  const std::string text = text_for(question);
  CHECK(text.find("No fleet meets it") != std::string::npos);
  CHECK(text.find("one request alone has a mean TPOT of") != std::string::npos);
  CHECK(text.find("TPOT p99 < 0.1 ms") != std::string::npos);
}

TEST_CASE("size text: what breaks first says where, and of what", "[size]") {
  const std::vector<LatencyBound> bounds = {{LatencyMetric::Ttft, 0.99, Seconds{2}}};
  Breaking breaking;
  breaking.rate = 55;
  breaking.tried = 56;
  breaking.figure = Seconds{2.5};
  breaking.cache_use = 0.95;
  breaking.is_memory = true;
  const std::string text = breaking_text(bounds, breaking, 50);
  CHECK(text.find("55 requests/s (+10 %)") != std::string::npos);
  CHECK(text.find("at 56 TTFT p99 is 2.5 s") != std::string::npos);
  CHECK(text.find("KV memory") != std::string::npos);
  CHECK_FALSE(breaking_text(bounds, {}, 50).empty());
}

}  // namespace
}  // namespace chokepoint
