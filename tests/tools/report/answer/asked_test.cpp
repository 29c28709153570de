#include "tools/report/answer/asked.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/tools/report/answer/random_runs.hpp"

namespace chokepoint {
namespace {

TEST_CASE("asked: words of a question put their topics first", "[answer][asked]") {
  CHECK(topics_by_question("What becomes of domestic vendors?").front() == Topic::Shares);
  CHECK(topics_by_question("Who pays the duty?").front() == Topic::Money);
  CHECK(topics_by_question("HOW MANY TOKENS?").front() == Topic::Serving);
  CHECK(topics_by_question("What if?").front() == Topic::Compute);
  CHECK(topics_by_question("repaying").front() == Topic::Compute);  // Inside of a word.
}

TEST_CASE("asked: whatever is asked, every topic stays", "[answer][asked]") {
  CHECK(rc::check("topics", [](const std::string& question) {
    auto topics = topics_by_question(question);
    std::ranges::sort(topics);
    RC_ASSERT(topics == std::vector<Topic>({Topic::Compute, Topic::Shares, Topic::LockIn,
                                            Topic::Money, Topic::Serving}));
  }));
}

TEST_CASE("asked: figures of vendors carry the names that people know", "[answer][asked]") {
  const auto run = made::level_run("a", 1.0);
  const auto all = lead_figures(run.yearly.itself, {}, run.vendors);
  const auto huawei =
      std::ranges::find(all, "Huawei's share of mainland sales", &LeadFigure::words);
  REQUIRE(huawei != all.end());
  CHECK(measured_in(*huawei, 2023)(run.yearly.itself) == Approx(0.5));
  CHECK(measured_in(*huawei, 2024)(run.yearly.itself) == 0.0);
  CHECK(when_of(*huawei, 2023) == "in 2023");
  CHECK(when_of(all.front(), 2023) == "at the end of 2023");
}

}  // namespace
}  // namespace chokepoint
