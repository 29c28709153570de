#include <catch2/catch.hpp>

#include "tests/tools/size/sized_answers.hpp"
#include "tools/size/size_text.hpp"

namespace chokepoint {
namespace {

TEST_CASE("size JSON: it names its schema, and every kind has what a program needs", "[size]") {
  const SizeQuestion question = small_question();
  const std::string json = size_json(question, small_answer(question), shipped_serving()).text();
  CHECK(json.find("\"schema\": \"chokepoint.size/1\"") != std::string::npos);
  for (const char* key : {"devices", "replicas", "tp", "ep", "precision", "figure_ms",
                          "share_within", "power_kw", "usd_per_month", "usd_per_million_tokens",
                          "breaks_first", "holds_per_second", "server", "price"}) {
    INFO(key);
    CHECK(json.find("\"" + std::string(key) + "\"") != std::string::npos);
  }
}

TEST_CASE("size JSON: a kind without a fleet says why", "[size]") {
  SizeQuestion question = small_question({"nv_h20_96"});
  question.target.bounds = {{LatencyMetric::Ttft, std::nullopt, Seconds{1e-6}}};
  const std::string json = size_json(question, small_answer(question), shipped_serving()).text();
  CHECK(json.find("\"no_fleet\"") != std::string::npos);
  CHECK(json.find("\"devices\"") == std::string::npos);
}

}  // namespace
}  // namespace chokepoint
