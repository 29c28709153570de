// Every event of the public timeline of both sides is encoded, on its day. policy_timeline.csv
// names the rules, exceptions, quotas and events that stand for each; a row says why where it has
// none, or where no day of them is its own.

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <optional>
#include <sstream>

#include "tests/validation/figures.hpp"
#include "tests/validation/policy_world.hpp"

namespace chokepoint::validation {
namespace {

// Days on which elements were announced, by name; quotas have none of their own.
std::map<std::string, std::optional<Date>> encoded() {
  const World& world = policy_world();
  std::map<std::string, std::optional<Date>> days;
  for (const Rule& rule : world.regime.rules) days[rule.name] = rule.announced;
  for (const Exception& exception : world.regime.exceptions) {
    days[exception.name] = exception.announced;
  }
  for (const Quota& quota : world.regime.quotas) days[quota.name] = std::nullopt;
  for (const PolicyEvent& event : world.policy_events) days[event.name] = event.date;
  return days;
}

TEST_CASE("policy timeline: every event is encoded on its day", "[validation][policy]") {
  const auto days = encoded();
  const auto rows = rows_of(beside_tests("policy_timeline.csv"));
  CHECK(rows.size() == 55);
  for (const Row& row : rows) {
    INFO(row.at("id") << ": " << row.at("title"));
    const auto day = parse_date(row.at("announced"));
    std::istringstream names(row.at("encoded_as"));
    bool on_its_day = false;
    std::size_t count = 0;
    for (std::string name; names >> name; ++count) {
      INFO(name);
      REQUIRE(days.count(name) == 1);
      on_its_day = on_its_day || (day && days.at(name) == day);
    }
    CHECK((count > 0 || !row.at("argued").empty()));
    CHECK((on_its_day || !row.at("argued").empty()));
  }
}

// What governments only say, or plan, does nothing until a scenario turns it on.
TEST_CASE("policy timeline: words and plans are off", "[validation][policy]") {
  std::size_t plans = 0;
  const auto is_plan = [](Standing s) {
    return s == Standing::Announcement || s == Standing::Proposal;
  };
  for (const Rule& rule : policy_world().regime.rules) {
    if (!is_plan(rule.standing)) continue;
    INFO(rule.name);
    CHECK_FALSE(rule.enabled);
    ++plans;
  }
  for (const Exception& exception : policy_world().regime.exceptions) {
    if (!is_plan(exception.standing)) continue;
    INFO(exception.name);
    CHECK_FALSE(exception.enabled);
    ++plans;
  }
  CHECK(plans >= 10);
}

TEST_CASE("policy timeline: everything is cited", "[validation][policy]") {
  for (const Rule& rule : policy_world().regime.rules) CHECK(rule.citation.size() > 5);
  for (const auto& exception : policy_world().regime.exceptions) {
    CHECK(exception.citation.size() > 5);
  }
}

}  // namespace
}  // namespace chokepoint::validation
