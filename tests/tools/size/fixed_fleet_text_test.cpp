#include <catch2/catch.hpp>
#include <sstream>

#include "tests/tools/size/sized_answers.hpp"
#include "tools/print/wrap.hpp"
#include "tools/size/fixed_fleet.hpp"
#include "tools/size/size_text.hpp"

namespace chokepoint {
namespace {

HeldAnswer answer_for(const SizeQuestion& question) {
  return hold_fleet(question, {{"nv_h20_96", 4}, {"hw_ascend_910b2", 8}}, shipped_serving());
}

TEST_CASE("fleet text: each kind, the whole, and what breaks, in 80 columns", "[size]") {
  const SizeQuestion question = small_question();
  const std::string text = held_text(question, answer_for(question));
  for (const char* word : {"nv_h20_96 alone: it holds", "hw_ascend_910b2 alone: it holds",
                           "The fleet: it holds", "requests/s (", "TPOT p99"}) {
    INFO(word);
    CHECK(text.find(word) != std::string::npos);
  }
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) CHECK(display_width(line) <= kTableColumns);
}

TEST_CASE("fleet text: a target that it cannot keep is said with its reason", "[size]") {
  SizeQuestion question = small_question();
  question.target.bounds = {{LatencyMetric::Ttft, 0.99, Seconds{1e-5}}};
  const HeldAnswer answer = answer_for(question);
  const std::string text = held_text(question, answer);
  CHECK(text.find("holds no rate") != std::string::npos);
  CHECK(text.find("one request alone") != std::string::npos);
  CHECK(held_json(question, answer).text().find("no_fleet") != std::string::npos);
}

TEST_CASE("fleet JSON: it names its schema and what the fleet holds", "[size]") {
  const SizeQuestion question = small_question();
  const std::string json = held_json(question, answer_for(question)).text();
  for (const char* key :
       {"chokepoint.size.fleet/1", "together", "holds_per_second", "devices_in_use", "alone"}) {
    INFO(key);
    CHECK(json.find(key) != std::string::npos);
  }
}

}  // namespace
}  // namespace chokepoint
