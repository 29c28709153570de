#include "tools/policy/entry.hpp"

#include <catch2/catch.hpp>

#include "tests/paths.hpp"
#include "tests/tools/small_policy.hpp"

namespace chokepoint {
namespace {

std::string shown(const std::string& name) {
  return policy_entry_text(small_policy(), name, source_dir());
}

TEST_CASE("policy entry: a rule with its test, its place and its source", "[policy]") {
  const std::string text = shown("us_scores");
  CHECK(text.substr(0, text.find("  written in")) ==
        R"(us_scores (rule of US)
Chips of high scores need a license

  standing     law
  in force     2023-11-17 on, announced 2023-10-17
  verdict      license needed, presumed denial
  admitted     0 % of what is asked for
  about        chip
  reaches      what is sold from, leaves or enters US
  where        any of
                 destination in WARY
                 buyer's headquarters, its own or its parent's, in CN
  what         designed or marketed for data centers
               any of
                 [a.1] TPP >= 4800
                 [a.2] all of
                   TPP >= 1600
                   density >= 5.92 TPP/mm2
  citation     1 Test Code 1
  source       gazette: Gazette of a test
               https://example.org
  confidence   official
)");
  CHECK(has(text, "  written in   tests/tools/small_policy.textproto:"));
}

TEST_CASE("policy entry: rules know what they replace, what softens them and what happened",
          "[policy]") {
  const std::string text = shown("us_memory");
  CHECK(has(text, "  softened by  us_memory_license\n"));
  CHECK(has(text, "  replaces     us_old_memory\n"));
  CHECK(has(text, "  events       us_hearing\n"));
  CHECK(has(shown("us_old_memory"), "  replaced by  us_memory\n"));
  CHECK(has(shown("us_bill"), "  standing     proposal, off\n"));
  CHECK(has(shown("us_duty"), "  duty         25 % of the price (official, source gazette)\n"));
}

TEST_CASE("policy entry: alternatives and notes of an exception's figures are told", "[policy]") {
  const std::string text = shown("us_memory_license");
  CHECK(has(text, "  note         admitted: nobody knows\n"));
  CHECK(has(text, "  or           admitted 90 % (reported, source gazette): they say\n"));
  CHECK(has(text, "  quotas       us_memory_units\n"));
}

TEST_CASE("policy entry: quotas, events and groups are shown too", "[policy]") {
  CHECK(has(shown("us_memory_units"), "  of           exception us_memory_license\n"));
  CHECK(has(shown("us_hearing"), "  about        us_memory\n"));
  CHECK(has(shown("WARY"), "  countries    CN, MO\n"));
}

TEST_CASE("policy entry: JSON holds every entry as it is written", "[policy]") {
  const PolicyBook book = small_policy();
  for (const auto& name : policy_entry_names(book)) {
    const std::string json = policy_entry_json(book, name, source_dir());
    INFO(name);
    CHECK(has(json, "\"schema\": \"chokepoint.policy.entry/1\""));
    CHECK(has(json, "\"name\": \"" + name + "\""));
  }
  CHECK(has(policy_entry_json(book, "us_old_memory", ""), "\"until\": \"2025-04-09\""));
}

TEST_CASE("policy entry: a reaction says what it answered, when and by what", "[policy]") {
  const PolicyBook book = small_policy_with_reaction();
  const std::string text = policy_entry_text(book, "cn_reply", source_dir());
  CHECK(has(text, "cn_reply (reaction of CN)\n"));
  CHECK(has(text, "us_memory of 2025-04-09\n"));
  CHECK(has(text, "2025-04-29\n"));
  CHECK(has(text, "20 days (estimated, source guess)\n"));
  CHECK(has(policy_entry_text(book, "cn_guidance", source_dir()), "begun by     cn_reply\n"));
}

}  // namespace
}  // namespace chokepoint
