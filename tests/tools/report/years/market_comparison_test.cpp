#include "tools/report/years/market_comparison.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/tools/report/answer/random_runs.hpp"
#include "tests/tools/report/made_runs.hpp"

namespace chokepoint {
namespace {

MarketComparison two_markets(double other) {
  MarketComparison markets;
  markets.recorded = made::runs(made::run(made::manifest(), made::two_months()),
                                made::run(made::manifest("what_if"), made::two_months()));
  markets.answered = {made::level_run("a", 1.0), made::level_run("b", other)};
  markets.published = {{"a", "series,period,unit,published,ratio\ns,2025,x,10,1.5\n"}, {"b", ""}};
  return markets;
}

TEST_CASE("markets: text opens with the answer, then has every part", "[years][markets]") {
  const std::string text = market_comparison_text(two_markets(0.5));
  CHECK(text.rfind("Against a, mainland compute for training is 500 k H100e", 0) == 0);
  for (const char* part : {"\nScenarios\n", "as_it_was (baseline)", "b less a, 2023",
                           "beside what was published", "Figures to trust least", "peak = "}) {
    INFO(part);
    CHECK(text.find(part) != std::string::npos);
  }
}

TEST_CASE("markets: the table for files is the one of JSON", "[years][markets]") {
  const auto markets = two_markets(0.5);
  const std::string json = market_comparison_json(markets).text();
  CHECK(json.find("\"schema\": \"chokepoint.compare.years/1\"") != std::string::npos);
  for (const char* part :
       {"\"answer\"", "\"runs\"", "\"least_certain_inputs\"", "\"ratio\": 1.5"}) {
    CHECK(json.find(part) != std::string::npos);
  }
  const auto rows = market_comparison_table(markets).rows().size();
  std::size_t found = 0;
  for (auto at = json.find("\"baseline_value\""); at != std::string::npos;
       at = json.find("\"baseline_value\"", at + 1)) {
    ++found;
  }
  CHECK(found == rows);
}

TEST_CASE("markets: the year is that of the first sentence unless it is asked for",
          "[years][markets]") {
  auto markets = two_markets(0.5);
  for (auto& [key, value] : made::level_run("", 2.0).yearly.itself) {
    YearlyKey later = key;
    later.year = 2024;
    markets.answered[0].yearly.itself[later] = value;
    markets.answered[1].yearly.itself[later] = 5.0 * value;
  }
  CHECK(market_comparison_text(markets).find("b less a, 2024") != std::string::npos);
  markets.year = 2023;
  CHECK(market_comparison_text(markets).find("b less a, 2023") != std::string::npos);
}

}  // namespace
}  // namespace chokepoint
