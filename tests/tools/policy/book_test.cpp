#include "tools/policy/book.hpp"

#include <catch2/catch.hpp>

#include "tests/paths.hpp"
#include "tests/tools/small_policy.hpp"

namespace chokepoint {
namespace {

TEST_CASE("policy book: rules stand beside what was written of them", "[policy]") {
  const PolicyBook book = small_policy();
  for (std::uint32_t i = 0; i < book.world.regime.rules.size(); ++i) {
    CHECK(book.rule(RuleId{i}).written.name() == book.rule(RuleId{i}).read.name);
  }
  CHECK(book.government_of(book.exception(ExceptionId{0}).read) == Country("US"));
}

TEST_CASE("policy book: a place is told below the root", "[policy]") {
  const PolicyBook book = small_policy();
  CHECK(place_of(book, "rules[us_scores]", source_dir())
            .rfind("tests/tools/small_policy.textproto:", 0) == 0);
  CHECK(place_of(book, "rules[us_scores]", "/elsewhere")[0] == '/');
  CHECK(place_of(book, "rules[none]", source_dir()).empty());
}

TEST_CASE("policy book: a broken policy is reported and not read", "[policy]") {
  Diagnostics found;
  CHECK_FALSE(read_policy_book("no_such_file.textproto", found));
  CHECK(found.has_errors());
}

TEST_CASE("policy book: first and last days of a state", "[policy]") {
  const PolicyBook book = small_policy();
  const auto state = [&](const std::string& name, const std::string& date) {
    const Rule& rule = book.rule(*id_of<RuleId>(book.world.regime.rules, name)).read;
    return state_on(rule.enabled, rule.validity, day(date));
  };
  CHECK(state("us_memory", "2025-04-08") == State::NotYet);
  CHECK(state("us_memory", "2025-04-09") == State::InForce);
  CHECK(state("us_old_memory", "2025-04-08") == State::InForce);
  CHECK(state("us_old_memory", "2025-04-09") == State::Ended);
  CHECK(state("cn_guidance", "2026-05-31") == State::InForce);
  CHECK(state("cn_guidance", "2026-06-01") == State::Suspended);
  CHECK(state("cn_guidance", "2026-09-01") == State::InForce);
  CHECK(state("us_bill", "2026-09-01") == State::Off);
}

}  // namespace
}  // namespace chokepoint
