#include "tools/report/answer/answer.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/tools/report/answer/random_runs.hpp"
#include "tests/tools/report/made_runs.hpp"

namespace chokepoint {
namespace {

bool says(const Claim& claim, const std::string& words) {
  return claim.text.find(words) != std::string::npos;
}

/// The differences of a figure, draw by draw, counted without what is tested.
std::vector<double> rising_differences(const made::RandomPair& pair, const YearlyKey& key) {
  std::vector<double> all;
  for (const auto& [name, base] : pair.base.yearly.draws) {
    const auto other = pair.other.yearly.draws.find(name);
    if (other == pair.other.yearly.draws.end()) continue;
    double before = 0.0, after = 0.0;
    for (const auto& [of, value] : base) {
      if (of.indicator == key.indicator && of.subject == key.subject &&
          (key.year == 0 || of.year == key.year)) {
        before += value;
        after += other->second.at(of);
      }
    }
    all.push_back(after - before);
  }
  std::ranges::sort(all);
  return all;
}

// The law of headlines: what they say is higher or lower lies on that side in the middle 90 % of
// the pairs, and where there are too few to tell the last sentence says so.
TEST_CASE("answer: a sentence never claims what the bands do not show", "[answer]") {
  CHECK(rc::check("claims and bands", [](std::uint64_t seed) {
    const auto pair = made::random_pair(seed);
    const auto claims = answer(pair.base, pair.other);
    RC_ASSERT(!claims.empty());
    RC_ASSERT(claims.size() <= 4);
    bool is_doubt_told = false;
    for (const Claim& claim : claims) {
      is_doubt_told = is_doubt_told || says(claim, "nothing tells this from noise");
      if (claim.certainty != Certainty::Clear) continue;
      const auto& first = claim.figures.front();
      const auto rising = rising_differences(pair, first.key);
      RC_ASSERT(rising.size() >= kLeastPairs);
      const double low = quantile(rising, 0.05), high = quantile(rising, 0.95);
      RC_ASSERT(low > 0.0 || high < 0.0);
      RC_ASSERT(std::signbit(first.change) == (high < 0.0));
      if (says(claim, " lower ") && !says(claim, " higher ")) RC_ASSERT(high < 0.0);
      if (says(claim, " higher ") && !says(claim, " lower ")) RC_ASSERT(low > 0.0);
    }
    for (const Claim& claim : claims) {
      if (claim.certainty == Certainty::Noise) RC_ASSERT(says(claim, "within noise"));
    }
    const bool is_claimed = std::ranges::any_of(claims, [](const Claim& claim) {
      return claim.certainty == Certainty::Unknown && says(claim, "gainst");
    });
    if (is_claimed) RC_ASSERT(is_doubt_told);
  }));
}

TEST_CASE("answer: of the same run twice nothing is claimed", "[answer]") {
  const auto run = made::level_run("a", 1.0);
  const auto claims = answer(run, run);
  REQUIRE(claims.size() == 1);
  CHECK(claims.front().certainty == Certainty::Equal);
}

TEST_CASE("answer: without draws a run says that it is one run", "[answer]") {
  const auto claims = answer(made::level_run("a", 1.0));
  REQUIRE(claims.size() >= 3);
  CHECK(says(claims.front(), "Mainland compute for training is 1 M H100e"));
  CHECK(says(claims.back(), "nothing tells how much of it is noise"));
}

TEST_CASE("answer: what a question asks for is told first", "[answer]") {
  auto base = made::level_run("a", 1.0), other = made::level_run("b", 0.5);
  other.question = "What becomes of domestic vendors?";
  CHECK(says(answer(base, other).front(), "share of mainland sales"));
  other.question = "What becomes of revenue?";
  CHECK(says(answer(base, other).front(), "revenue"));
  other.question = "";
  CHECK(says(answer(base, other).front(), "Against a, mainland compute"));
}

TEST_CASE("answer: a level and a percentage stand with every change", "[answer]") {
  const auto claims = answer(made::level_run("a", 1.0), made::level_run("b", 0.5));
  CHECK(says(claims[0], "500 k H100e (50 %) lower"));
  CHECK(says(claims[0], "from 1 M H100e"));
  CHECK(says(claims[1], "25.0 points lower"));
}

TEST_CASE("answer: a recorded run says what came of its orders", "[answer]") {
  const auto run = made::run(made::manifest(), made::two_months());
  const auto claims = answer(answered_run(run, {}));
  REQUIRE_FALSE(claims.empty());
  CHECK(says(claims.front(), "Of 2,000 packages ordered 1,000 came by"));
  CHECK(says(claims.front(), "(50 %) were refused"));
  CHECK(answer(answered_run(run, {}), answered_run(run, {})).front().certainty == Certainty::Equal);
}

TEST_CASE("answer: every sentence is a line of its own", "[answer]") {
  const auto claims = answer(made::level_run("a", 1.0), made::level_run("b", 0.5));
  const std::string text = answer_text(claims);
  CHECK(static_cast<std::size_t>(std::ranges::count(text, '\n')) == claims.size());
  const std::string json = answer_json(claims).text();
  CHECK(json.find("\"certainty\": \"unknown\"") != std::string::npos);
  CHECK(json.find("\"change\": -500000") != std::string::npos);
}

}  // namespace
}  // namespace chokepoint
