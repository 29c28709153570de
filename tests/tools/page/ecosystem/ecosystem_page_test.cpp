#include "tools/page/ecosystem/ecosystem_page.hpp"

#include <rapidcheck/catch.h>
#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "tests/sim/indicators/made_events.hpp"
#include "tests/tools/page/ecosystem/two_runs.hpp"

namespace chokepoint {
namespace {

TEST_CASE("ecosystem page: names of figures are names of elements, each once",
          "[page][ecosystem]") {
  const EcosystemRun run = made::ecosystem_run("a", made::a_year());
  const EcosystemRun base = made::ecosystem_run("b", {});
  std::set<std::string> ids;
  for (const PageFigure& figure : ecosystem_page({run, &base}).figures) {
    CHECK(ids.insert(figure.id).second);
    CHECK(figure.id.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string::npos);
    CHECK_FALSE(figure.data.is_empty());
    CHECK_FALSE(figure.caption.empty());
    CHECK_FALSE(figure.source.empty());
  }
  CHECK(ids.contains("market_share"));
}

TEST_CASE("ecosystem page: says that it is no forecast, and how to make it again",
          "[page][ecosystem]") {
  const EcosystemRun run = made::ecosystem_run("a", made::a_year());
  const EcosystemRun base = made::ecosystem_run("b", made::a_year());
  const Page page = ecosystem_page({run, &base});
  CHECK(page.caveats.at(0).find("not a forecast") != std::string::npos);
  CHECK(page.commands.back() == "chokepoint report a --baseline b");
  CHECK(page.commands.size() == 3);
  CHECK(page.question == "What if?");
}

TEST_CASE("ecosystem page: a headline claims no sign that draws do not show", "[page][ecosystem]") {
  rc::prop("honest", [] {
    EcosystemRun run = made::ecosystem_run("a", made::a_year());
    EcosystemRun base = made::ecosystem_run("b", made::a_year());
    const auto factors = *rc::gen::container<std::vector<double>>(
        4,
        rc::gen::map(rc::gen::inRange(-20, 40), [](int percent) { return 1 + percent / 100.0; }));
    made::add_draws(run, factors);
    made::add_draws(base, {1.0, 1.0, 1.0, 1.0});
    const bool is_above = std::ranges::all_of(factors, [](double factor) { return factor > 1.0; });
    const std::string headline = ecosystem_page({run, &base}).headline;
    if (is_above) RC_ASSERT(headline.find("Within noise") == std::string::npos);
    const bool is_across = std::ranges::count_if(factors, [](double f) { return f < 0.95; }) >= 2 &&
                           std::ranges::count_if(factors, [](double f) { return f > 1.05; }) >= 2;
    if (is_across) RC_ASSERT(headline.find("Within noise") == 0u);
  });
}

TEST_CASE("ecosystem page: a run in which nothing happened has a page without empty figures",
          "[page][ecosystem]") {
  const EcosystemRun run = made::ecosystem_run("a", {});
  for (const PageFigure& figure : ecosystem_page({run, nullptr}).figures) {
    CHECK_FALSE(figure.data.is_empty());
  }
}

}  // namespace
}  // namespace chokepoint
