#include <catch2/catch.hpp>

#include "tests/tools/called_program.hpp"
#include "tests/tools/small_policy.hpp"

namespace chokepoint {
namespace {

using called::Folder;

called::Result policy(const std::string& arguments) {
  const Folder folder;
  return called::chokepoint("policy " + arguments, folder);
}

std::string with_small(const std::string& arguments) {
  return arguments + " --scenario '" + kSmallPolicy + "'";
}

TEST_CASE("policy: the shipped policy reads, and every entry of it is shown", "[policy]") {
  const auto list = policy("list --on 2025-06-01");
  INFO(list.err);
  CHECK(list.exit_code == 0);
  CHECK(has(list.out, "us_2025_04_09_bandwidth_letter"));
  CHECK(policy("timeline --government CN").exit_code == 0);
  const auto show = policy("show us_2025_04_09_bandwidth_letter");
  CHECK(show.exit_code == 0);
  CHECK(has(show.out, "memory bandwidth >= 1400 GB/s"));
  CHECK(has(show.out, "written in   scenarios/policy/"));
}

// The letter of April 2025 caught it; the rule of October 2023 had not.
TEST_CASE("policy: the H20 is free until the letter, and then is not", "[policy]") {
  CHECK(policy("check nv_h20_96 --on 2024-06-01").exit_code == 0);
  const auto caught = policy("check nv_h20_96 --on 2025-04-15");
  CHECK(caught.exit_code == 1);
  CHECK(has(caught.out, "us_2025_04_09_bandwidth_letter: applies"));
}

TEST_CASE("policy: a scenario brings its own policy", "[policy]") {
  CHECK(has(policy(with_small("list")).out, "us_old_memory"));
  CHECK(has(policy(with_small("timeline --from 2025-05-01 --to 2025-05-01")).out, "us_hearing"));
  CHECK(has(policy(with_small("show WARY --json")).out, "\"chokepoint.policy.entry/1\""));
  CHECK(has(policy(with_small("impact us_bill --on 2025-06-01")).out, "catches "));
  CHECK(policy("list --scenario nowhere").exit_code == 3);
}

TEST_CASE("policy: what is not there is a usage error with a guess", "[policy]") {
  const auto show = policy(with_small("show us_scorse"));
  CHECK(show.exit_code == 2);
  CHECK(show.out.empty());
  CHECK(has(show.err, "did you mean 'us_scores'?"));
  CHECK(policy(with_small("impact us_scorse --on 2025-06-01")).exit_code == 2);
  CHECK(policy("list --on yesterday").exit_code == 2);
  CHECK(policy("").exit_code == 2);
}

}  // namespace
}  // namespace chokepoint
