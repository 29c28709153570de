#include "tools/policy/impact.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>

#include "tests/tools/called_program.hpp"
#include "tests/tools/small_policy.hpp"

namespace chokepoint {
namespace {

const ImpactRow& row_of(const PolicyImpact& impact, const std::string& name) {
  const auto row = std::find_if(impact.rows.begin(), impact.rows.end(),
                                [&](const ImpactRow& r) { return r.subject.name == name; });
  REQUIRE(row != impact.rows.end());
  return *row;
}

std::optional<PolicyPair> drafted(const std::string& text, Diagnostics& found) {
  const called::Folder folder;
  const auto file = folder.path() / "draft.textproto";
  std::ofstream(file) << text;
  return with_draft(small_policy(), kSmallPolicy, file, found);
}

TEST_CASE("policy impact: without a rule, what it replaced holds on", "[policy]") {
  const auto pair = with_and_without(small_policy(), "us_memory");
  const auto impact = policy_impact(pair, {}, day("2025-06-01"));
  CHECK(impact.governments == std::vector<Country>{Country("US")});
  CHECK(row_of(impact, "west_mid").before.verdict == Verdict::Informed);  // us_old_memory
  CHECK_FALSE(row_of(impact, "west_mid").is_caught());
  CHECK_FALSE(row_of(impact, "west_big").is_caught());  // us_scores is stricter.
  CHECK(impact.not_in_force.empty());
}

TEST_CASE("policy impact: a proposal is switched on", "[policy]") {
  const auto impact =
      policy_impact(with_and_without(small_policy(), "us_bill"), {}, day("2025-06-01"));
  CHECK(row_of(impact, "west_mid").is_caught());
  CHECK(row_of(impact, "west_mid").after.verdict == Verdict::Prohibited);
  CHECK_FALSE(row_of(impact, "east_npu").is_caught());  // Does not come from the US.
}

TEST_CASE("policy impact: an exception frees, a duty changes terms", "[policy]") {
  const PolicyBook book = small_policy();
  const auto license =
      policy_impact(with_and_without(book, "us_memory_license"), {}, day("2025-09-01"));
  CHECK(row_of(license, "west_mid").is_freed());
  const auto duty = policy_impact(with_and_without(book, "us_duty"), {}, day("2026-02-01"));
  CHECK(row_of(duty, "west_big").has_other_terms());
  CHECK_FALSE(row_of(duty, "west_big").is_caught());
  CHECK_FALSE(row_of(duty, "west_mid").has_other_terms());
}

TEST_CASE("policy impact: what is not in force on the day is said", "[policy]") {
  const auto impact =
      policy_impact(with_and_without(small_policy(), "us_duty"), {}, day("2025-02-01"));
  REQUIRE(impact.not_in_force.size() == 1);
  CHECK(impact.not_in_force[0] == "us_duty: not yet, 2026-01-01 on");
}

TEST_CASE("policy impact: a draft patches the policy, and its proposals are on", "[policy]") {
  Diagnostics found;
  const auto pair = drafted(R"(
    rules {
      name: "draft" title: "All chips of any memory" government: "CN" standing: PROPOSAL
      announced: "2025-01-01" effective: "2025-01-01" destinations: "CN" verdict: PROHIBITED
      item { vendors: "west" }
      citation: "A draft" source: "guess" confidence: ESTIMATED
    }
    exceptions { name: "us_memory_license" ended: "2025-09-01" }
  )",
                            found);
  REQUIRE(pair);
  CHECK(pair->names == std::vector<std::string>{"draft", "us_memory_license"});
  const auto impact = policy_impact(*pair, {}, day("2025-09-01"));
  CHECK(row_of(impact, "west_mid").after.verdict == Verdict::Prohibited);
  CHECK(row_of(impact, "west_mid").before.verdict == Verdict::Granted);
  CHECK(impact.not_in_force.size() == 1);
}

TEST_CASE("policy impact: a broken draft is reported where it is broken", "[policy]") {
  Diagnostics found;
  CHECK_FALSE(drafted("rules {\n  name: \"draft\"\n  destinations: \"NOWHERE\"\n}\n", found));
  const bool has_place = std::any_of(found.items().begin(), found.items().end(),
                                     [](const Diagnostic& item) { return item.where.line == 3; });
  CHECK(has_place);
}

}  // namespace
}  // namespace chokepoint
