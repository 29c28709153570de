#include "tools/page/ecosystem/ecosystem_page.hpp"

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
  CHECK(page.commands.front() == "chokepoint run b -o 'b 1'");
  CHECK(page.question == "What if?");
}

TEST_CASE("ecosystem page: opens with the answer that compare gives, word for word",
          "[page][ecosystem]") {
  EcosystemRun run = made::ecosystem_run("a", made::a_year());
  EcosystemRun base = made::ecosystem_run("b", made::a_year());
  made::add_draws(run, {1.1, 1.2, 1.1, 1.3, 1.2, 1.1, 1.2, 1.1, 1.3});
  made::add_draws(base, {1.0, 1.1, 1.0, 1.2, 1.1, 1.0, 1.1, 1.0, 1.2});
  const auto claims = answer(base.answered, run.answered);
  const Page page = ecosystem_page({run, &base});
  REQUIRE_FALSE(claims.empty());
  CHECK(page.headline + "." == claims.front().text);
  REQUIRE(page.answer.size() + 1 == claims.size());
  for (std::size_t i = 1; i < claims.size(); ++i) CHECK(page.answer[i - 1] == claims[i].text);
}

TEST_CASE("ecosystem page: changes are told by their values, fitted figures by their number",
          "[page][ecosystem]") {
  EcosystemRun run = made::ecosystem_run("a", made::a_year());
  const auto add = [&](const char* path, const char* before, const char* after) {
    auto& change = *run.record.add_changes();
    change.set_kind(before[0] == 0 ? "added" : "changed");
    change.set_path(path);
    change.set_before(before);
    change.set_after(after);
  };
  add("market.share", "{ value: 0.5 low: 0.1 }", "{ value: 0.6 note: \"more\" }");
  add("rules[a].enabled", "", "false");
  add("habits.limit", "{ value: 1 }", "{ value: 2 source: \"fitted\" }");
  CHECK(ecosystem_page({run, nullptr}).changes ==
        std::vector<std::string>{"market.share: 0.6 instead of 0.5",
                                 "rules[a].enabled added: false",
                                 "1 figure fitted to what was published"});
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
