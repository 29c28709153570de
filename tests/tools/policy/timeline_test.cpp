#include "tools/policy/tables.hpp"

#include <catch2/catch.hpp>

#include "tests/tools/small_policy.hpp"

namespace chokepoint {
namespace {

TEST_CASE("policy timeline: everything that happens, in order", "[policy]") {
  CHECK(to_text(policy_timeline(small_policy(), {day("2025-04-09"), day("2026-09-01"), {}})) ==
        R"(date        of  what                         name
----------  --  ---------------------------  -----------------
2025-04-09  US  ends, replaced by us_memory  us_old_memory
    title: Chips of fast memory need a license
2025-04-09  US  takes effect                 us_memory
    title: Chips of less fast memory need a license
2025-05-01  US  event                        us_hearing
    title: A hearing on the letter
2025-06-01  US  proposal (off)               us_bill
    title: Nothing leaves
2025-07-14  US  announced                    us_memory_license
    title: Half of the middle chips may go against a share of revenue
2025-08-08  US  takes effect                 us_memory_license
    title: Half of the middle chips may go against a share of revenue
2025-09-01  CN  takes effect                 cn_guidance
    title: Big firms are asked not to buy abroad
2026-01-01  US  takes effect                 us_duty
    title: A duty on big chips
2026-06-01  CN  suspended                    cn_guidance
    title: Big firms are asked not to buy abroad
2026-09-01  CN  resumes                      cn_guidance
    title: Big firms are asked not to buy abroad
)");
}

TEST_CASE("policy timeline: first and last day are part of it", "[policy]") {
  const PolicyBook book = small_policy();
  CHECK(policy_timeline(book, {day("2025-05-01"), day("2025-05-01"), {}}).rows().size() == 1);
  CHECK(policy_timeline(book, {{}, {}, Country("CN")}).rows().size() == 3);
  CHECK(has(to_csv(policy_timeline(book, {})),
            "\n2025-06-01,US,proposal,us_bill,Nothing leaves,true\n"));
}

TEST_CASE("policy timeline: a reaction says what it answers", "[policy]") {
  const PolicyBook book = small_policy_with_reaction();
  const std::string told = to_csv(policy_timeline(book, {{}, day("2025-05-01"), Country("CN")}));
  CHECK(has(told, "2025-04-29,CN,answers us_memory of 2025-04-09,cn_reply,"));
  CHECK(has(told, "2025-04-29,CN,takes effect,cn_guidance,"));
}

}  // namespace
}  // namespace chokepoint
