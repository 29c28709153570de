#include "tools/policy/tables.hpp"

#include <catch2/catch.hpp>

#include "tests/tools/small_policy.hpp"

namespace chokepoint {
namespace {

std::vector<std::string> names_of(const Table& list) {
  std::vector<std::string> names;
  for (const auto& row : list.rows()) names.push_back(std::get<std::string>(row.front()));
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
  const Table list = policy_list(book, {Country("US"), day("2025-09-01")});
  const auto state = [&](std::size_t row) { return list.rows()[row].back(); };
  CHECK(state(0) == Cell("ended"));  // us_old_memory
  CHECK(state(2) == Cell("in force"));
  CHECK(state(3) == Cell("off"));  // us_bill
  const std::string text = to_text(list);
  CHECK(has(text, "us_old_memory      rule       US  letter    2022-01-01  2025-04-09  ended"));
  CHECK(has(to_text(policy_list(book, {})), "2025-06-01  -           off"));
}

TEST_CASE("policy list: files have verdicts as the schema writes them, and the state alone",
          "[policy]") {
  const std::string csv = to_csv(policy_list(small_policy(), {}));
  CHECK(has(csv, "name,kind,title,government,standing,from,until,verdict,enabled,state\n"));
  CHECK(has(csv, "us_bill,rule,Nothing leaves,US,proposal,2025-06-01,,PROHIBITED,false,\n"));
}

}  // namespace
}  // namespace chokepoint
