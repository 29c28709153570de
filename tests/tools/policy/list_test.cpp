#include "tools/policy/list.hpp"

#include <catch2/catch.hpp>

#include "tests/tools/small_policy.hpp"

namespace chokepoint {
namespace {

std::vector<std::string> names_of(const std::vector<ListRow>& rows) {
  std::vector<std::string> names;
  for (const auto& row : rows) names.push_back(row.name);
  return names;
}

TEST_CASE("policy list: rules and exceptions by government and by date", "[policy]") {
  const PolicyBook book = small_policy();
  CHECK(names_of(policy_list(book, {})) ==
        std::vector<std::string>{"cn_guidance", "us_old_memory", "us_scores", "us_memory",
                                 "us_bill", "us_memory_license", "us_duty"});
  CHECK(names_of(policy_list(book, {Country("CN"), {}})) ==
        std::vector<std::string>{"cn_guidance"});
}

TEST_CASE("policy list: a day tells what is in force, and proposals are off", "[policy]") {
  const PolicyBook book = small_policy();
  const auto rows = policy_list(book, {Country("US"), day("2025-09-01")});
  CHECK(rows[0].state == State::Ended);  // us_old_memory
  CHECK(rows[2].state == State::InForce);
  CHECK(rows[3].state == State::Off);  // us_bill
  const std::string text = list_text(rows);
  CHECK(has(text, "us_old_memory      rule       US  letter    2022-01-01  2025-04-09  ended"));
  CHECK(has(list_text(policy_list(book, {})), "2025-06-01  -           off"));
}

TEST_CASE("policy list: JSON names its schema", "[policy]") {
  const std::string json = list_json(policy_list(small_policy(), {{}, day("2025-09-01")}));
  CHECK(has(json, "\"schema\": \"chokepoint.policy.list/1\""));
  CHECK(has(json, "\"state\": \"in force\""));
}

}  // namespace
}  // namespace chokepoint
