#include "sim/scenario/chapters/chapters.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/scenario/small_world.hpp"

namespace chokepoint {
namespace {

const std::string kConjecture =
    "rules { name: \"guess\" title: \"A guess\" government: \"US\" standing: LETTER "
    "enabled: false announced: \"2100-01-01\" effective: \"2100-01-01\" "
    "item { memory_bandwidth_gb_s_at_least: 100 } destinations: \"CN\" verdict: INFORMED "
    "citation: \"none\" source: \"sheet\" confidence: ESTIMATED } ";

std::string outlook(const std::string& rule, const std::string& precedents) {
  return small_text() + kConjecture + "policy_outlooks { name: \"next\" rule: \"" + rule + "\" " +
         precedents +
         " prior_years { value: 2 source: \"guess\" confidence: ESTIMATED }"
         " gap_months { value: 4 source: \"guess\" confidence: ESTIMATED } }";
}

TEST_CASE("read_outlooks: an outlook is of a rule that may come", "[scenario][read]") {
  CHECK(read_text(outlook("guess", "precedents: \"us_letter\"")).errors.empty());
  CHECK(only_error(outlook("us_letter", "precedents: \"us_letter\"")) ==
        "rule 'us_letter' is in force already | an outlook is of a rule that may come: write "
        "enabled: false there");
}

TEST_CASE("read_outlooks: it has precedents, and they are rules", "[scenario][read]") {
  CHECK(only_error(outlook("guess", "")) ==
        "outlook 'next' has no precedent | name the rules that came as such a surprise");
  CHECK(only_error(outlook("guess", "precedents: \"us_leter\"")) ==
        "no rule 'us_leter' in the scenario | did you mean 'us_letter'?");
}

TEST_CASE("read_outlooks: a rule that a draw made up is known on every day", "[scenario][read]") {
  const std::string made_up = with_replaced(small_text() + kConjecture, "name: \"guess\"",
                                            "enabled: false", "enabled: true conjectured: true");
  const auto rules = [](const std::string& text) {
    return world_of(text + "as_of: \"2025-01-01\" ").regime.rules;
  };
  CHECK(rules(made_up).back().enabled);
  CHECK_FALSE(rules(made_up).front().enabled);  // The letter came in April.
}

}  // namespace
}  // namespace chokepoint
