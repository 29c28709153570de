#include "tools/report/comparison.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "tests/tools/report/made_runs.hpp"

namespace chokepoint::comparison_csv_test {
namespace {

using namespace made;

TEST_CASE("comparison_csv: a row per run and indicator, six per month", "[report][csv]") {
  const auto comparison =
      compare(runs(run(manifest(), two_months()), run(manifest("open"), two_months())));
  const std::string text = comparison_csv(comparison);
  const auto rows = std::count(text.begin(), text.end(), '\n') - 1;
  CHECK(rows == 2 * comparison.indicators_size() + 6 * comparison.months_size());
  CHECK(text.find(",as_it_was,1,nothing_bought,2025-04,lost_decode,h20,H100e,1000,,,US,letter,"
                  "bandwidth\n") != std::string::npos);
  CHECK(text.find(",open,1,nothing_bought,,refused_by_rule,letter,packages,1000,0,0,,,\n") !=
        std::string::npos);
}

}  // namespace
}  // namespace chokepoint::comparison_csv_test
