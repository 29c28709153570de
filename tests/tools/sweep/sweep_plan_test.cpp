#include "tools/sweep/sweep_plan.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "tests/paths.hpp"
#include "tests/tools/called_program.hpp"
#include "tests/tools/sweep/planned_sweep.hpp"
#include "tools/console/program.hpp"
#include "tools/print/whole_file.hpp"

namespace chokepoint {
namespace {

const std::filesystem::path kHistory =
    std::filesystem::path(source_dir()) / "scenarios" / "history.textproto";

TEST_CASE("sweep plan: an axis is a path and values, parted by commas outside of brackets",
          "[sweep]") {
  const auto axis = parse_axis("a.b[c].value=1,2.5,{x: [1, 2]},\"p,q\"");
  REQUIRE(axis);
  CHECK(axis->path == "a.b[c].value");
  CHECK(axis->values == std::vector<std::string>{"1", "2.5", "{x: [1, 2]}", "\"p,q\""});
  for (const char* wrong : {"a", "=1", "a=", "a=1,", "a=1,1", "a=1,\n2"}) {
    INFO(wrong);
    CHECK_FALSE(parse_axis(wrong));
  }
}

TEST_CASE("law: every cell has one number, and every number one cell", "[sweep][law]") {
  const SweepPlan plan = two_point_plan();
  std::set<std::pair<std::size_t, int>> cells;
  for (std::size_t i = 0; i < plan.cells(); ++i) {
    const SweepCell cell = plan.cell(i);
    CHECK(cell.point < plan.points.size());
    CHECK(cell.draw <= plan.draws);
    cells.insert({cell.point, cell.draw});
  }
  CHECK(cells.size() == plan.cells());
}

TEST_CASE("sweep plan: what was planned is read back, and scenarios with it", "[sweep]") {
  const called::Folder folder;
  Diagnostics found;
  const std::vector<Assignment> sets = {{"end", "\"2021-04-01\"", "--until"}};
  const auto plan = plan_sweep(kHistory, sets, {{"seed", {"1", "2"}}, {"name", {"\"a\"", "\"b\""}}},
                               5, folder.path(), found);
  REQUIRE(plan);
  CHECK(plan->points.size() == 4);
  const SweepPlan again = read_sweep_plan(folder.path());
  CHECK(again.paths == std::vector<std::string>{"seed", "name"});
  CHECK(again.draws == 5);
  REQUIRE(again.points.size() == 4);
  std::set<std::uint64_t> identities;
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(again.points[i].values == plan->points[i].values);
    CHECK(again.points[i].identity == plan->points[i].identity);
    identities.insert(again.points[i].identity);
  }
  CHECK(identities.size() == 4);
  const Composed last = scenario_of(again, 3, folder.path());
  CHECK(last.scenario.seed() == 2);
  CHECK(last.scenario.name() == "b");
  CHECK(last.scenario.end() == "2021-04-01");
}

TEST_CASE("sweep plan: one wrong value of a grid is an error, and nothing is written", "[sweep]") {
  const called::Folder folder;
  Diagnostics found;
  CHECK_FALSE(plan_sweep(kHistory, {}, {{"seed", {"1", "many"}}}, 0, folder.path() / "s", found));
  CHECK(found.has_errors());
  CHECK_FALSE(std::filesystem::exists(folder.path() / "s"));
  CHECK_THROWS_AS(read_sweep_plan(folder.path()), HelpedFailure);
  write_whole(folder.path() / "plan.csv", "point,draws,identity\n0,1\n");
  CHECK_THROWS_AS(read_sweep_plan(folder.path()), HelpedFailure);
}

TEST_CASE("sweep plan: a scenario that was changed is not run", "[sweep]") {
  const called::Folder folder;
  Diagnostics found;
  const auto plan = plan_sweep(kHistory, {}, {}, 0, folder.path(), found);
  REQUIRE(plan);
  write_whole(folder.path() / "points" / "0000.binpb", "x");
  CHECK_THROWS_AS(scenario_of(*plan, 0, folder.path()), HelpedFailure);
}

}  // namespace
}  // namespace chokepoint
