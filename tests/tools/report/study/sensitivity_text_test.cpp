#include "tools/report/study/study_text.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

ExplainedValue written(const std::string& field) {
  ExplainedValue value;
  value.field = field;
  value.value = "0.8";
  value.source = "guess";
  value.confidence = "ESTIMATED";
  return value;
}

TEST_CASE("sensitivity: what moves has a line, the rest is counted", "[history]") {
  const std::vector<Sensitivity> ranked = {
      {"choice.carried", 0.031, {"pathway", "legal", 200.0, 180.0, 0.1}},
      {"choice.opened", 0.002, {"pathway", "rented", 0.0, 5.0, 1.0}},
      {"choice.still", 0.0004, {}},
      {"choice.stuck", std::nullopt, {}}};
  std::map<std::string, ExplainedValue> by_path;
  for (const Sensitivity& one : ranked) by_path[one.path] = written(one.path);
  const std::string text = sensitivities_text(ranked, by_path);
  for (const char* part :
       {"choice.carried", "ESTIMATED", "guess", "3.1 %", "pathway legal -10.0 %",
        "pathway rented, which was none", "1 other moves the run by less than 0.1 %\n",
        "1 cannot be a fifth less\n"}) {
    INFO(part);
    CHECK(text.find(part) != std::string::npos);
  }
  CHECK(text.find("choice.still") == std::string::npos);
  CHECK(text.find("choice.stuck") == std::string::npos);
}

}  // namespace
}  // namespace chokepoint
