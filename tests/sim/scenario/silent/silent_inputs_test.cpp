#include "sim/scenario/silent/silent_inputs.hpp"

#include <catch2/catch.hpp>

#include "sim/scenario/read_world.hpp"
#include "tests/sim/scenario/scenario_folder.hpp"
#include "tests/sim/scenario/small_world.hpp"

namespace chokepoint {
namespace {

/// What a patch of the small scenario, or that scenario with something else, is warned of.
std::string warned(const std::string& base, const std::string& patch) {
  const ScenarioFolder folder(
      Files{{"small.textproto", base},
            {"x.textproto",
             "name: \"x\" question: \"What if?\" base: \"small.textproto\"\n" + patch + "\n"}});
  Diagnostics found;
  const auto composed = compose("x.textproto", {}, true, found);
  REQUIRE(composed);
  const auto world = read_world(*composed, found);
  INFO(printed(found));
  REQUIRE(world);
  Diagnostics silent;
  find_silent_inputs(*composed, *world, silent);
  CHECK_FALSE(silent.has_errors());
  return silent.items().empty() ? "" : printed(silent);
}

TEST_CASE("silent inputs: a patch that says nothing of the kind is not warned",
          "[scenario][silent]") {
  CHECK(warned(small_text(), "") == "");
}

TEST_CASE("silent inputs: a rule that is off, and that nothing begins", "[scenario][silent]") {
  const std::string rule = small_text().substr(small_text().find("rules {"));
  const std::string name = rule.substr(rule.find("name: \"") + 7);
  const std::string letter = name.substr(0, name.find('"'));
  const std::string patch =
      "rules { name: \"" + letter + "\" enabled: false effective: \"2025-08-01\" }";
  const std::string text = warned(small_text(), patch);
  CHECK(text.find("rule '" + letter + "' is written here and is off") != std::string::npos);
  CHECK(warned(small_text(), "rules { name: \"" + letter + "\" enabled: false }") == "");
}

TEST_CASE("silent inputs: a site without power for one node", "[scenario][silent]") {
  const std::string text = small_text();
  const auto at = text.find("power_cap_mw { value: ");
  REQUIRE(at != std::string::npos);
  const auto end = text.find(' ', at + 22);
  const std::string dark = text.substr(0, at + 22) + "0.001" + text.substr(end);
  CHECK(warned(dark, "").find("it stays dark") != std::string::npos);
}

TEST_CASE("silent inputs: a job that no pool ever holds", "[scenario][silent]") {
  const std::string text = small_text();
  const auto job = text.find("training_jobs {");
  REQUIRE(job != std::string::npos);
  const auto at = text.find("devices: ", job);
  REQUIRE(at != std::string::npos);
  const std::string large =
      text.substr(0, at) + "devices: 9000000" + text.substr(text.find('\n', at));
  CHECK(warned(large, "").find("no pool of it ever has more than") != std::string::npos);
}

TEST_CASE("silent inputs: storage to which nobody saves", "[scenario][silent]") {
  const std::string told =
      warned(small_text(), "sites { name: \"north\" " + figure("storage_gb_s", "20") + " }");
  CHECK(told.find("storage of site 'north' is written, and nothing stops a job") !=
        std::string::npos);
}

}  // namespace
}  // namespace chokepoint
