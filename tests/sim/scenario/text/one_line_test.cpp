#include "sim/scenario/text/one_line.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/scenario/scenario_folder.hpp"

namespace chokepoint {
namespace {

TEST_CASE("one_line: reads back as what it was", "[scenario][one_line]") {
  const std::string text =
      "name: \"\xE4\xB8\xAD \\\"q\\\"\" orgs { name: \"a\" classes: \"x\" } orgs { } seed: 0";
  const ReadText read = read_scenario_text(text);
  REQUIRE(read.report().empty());
  const std::string line = one_line(read.scenario);
  CHECK(line.find('\n') == std::string::npos);
  CHECK(read_scenario_text(line).scenario.SerializeAsString() == read.scenario.SerializeAsString());
}

TEST_CASE("one_line: a field as it would be written", "[scenario][one_line]") {
  const pb::Scenario scenario = read_scenario_text(
                                    "name: \"x\" sample_days: 0.1 orgs { name: \"a\" }"
                                    "import: \"p\" import: \"q\" reference { }")
                                    .scenario;
  const auto text = [&](const char* field) {
    return one_line(scenario, *pb::Scenario::descriptor()->FindFieldByName(field));
  };
  CHECK(text("name") == "\"x\"");
  CHECK(text("sample_days") == "0.1");
  CHECK(text("import") == "[\"p\", \"q\"]");
  CHECK(text("orgs") == "[{ name: \"a\" }]");
  CHECK(text("reference") == "{}");
  CHECK(text("seed").empty());
  CHECK(text("links").empty());
}

}  // namespace
}  // namespace chokepoint
