#include "tools/report/answer/whole_told.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

AnsweredRun whole_run(const std::string& name, double training, double tokens) {
  AnsweredRun run;
  run.yearly.name = name;
  run.last_day = "2026-01-01";
  run.whole = {{"ordered", "", "", "packages", 100.0},
               {"delivered", "", "", "packages", 60.0},
               {"refused", "", "", "packages", 40.0},
               {"usable_h100e_training", "", "", "H100e", training},
               {"tokens_served", "", "", "1e12 tokens", tokens}};
  return run;
}

TEST_CASE("whole told: orders first, then work, and nothing of what there is none of",
          "[answer][whole]") {
  const auto claims = answer_of_whole(whole_run("a", 0.0, 3.0));
  REQUIRE(claims.size() == 3);
  CHECK(claims[0].text == "Of 100 packages ordered 60 came by 2026-01-01; 40 (40 %) were refused.");
  CHECK(claims[1].text == "What was served comes to 3 trillion tokens.");
  CHECK(claims[2].text ==
        "This is one run, of figures as they are written and one seed: no band says how far their "
        "ranges would move it.");
  CHECK(answer_of_whole(AnsweredRun{}).empty());
}

TEST_CASE("whole told: what differs most, against the baseline", "[answer][whole]") {
  const auto claims = answer_of_whole(whole_run("a", 100.0, 3.0), whole_run("b", 150.0, 3.0));
  REQUIRE(claims.size() == 2);
  CHECK(claims[1].text == "These are single runs: no band says how much of it is noise.");
  CHECK(claims[0].text ==
        "Against a, usable compute for training at the end is 50 H100e (50 %) higher, from 100 "
        "H100e.");
  CHECK(answer_of_whole(whole_run("a", 1.0, 3.0), whole_run("b", 1.0, 3.0)).front().certainty ==
        Certainty::Equal);
}

}  // namespace
}  // namespace chokepoint
