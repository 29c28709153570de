#include "tools/sweep/collected_sweep.hpp"

#include <catch2/catch.hpp>

#include "sim/sweep/replicas.hpp"
#include "tests/tools/called_program.hpp"
#include "tests/tools/sweep/planned_sweep.hpp"

namespace chokepoint {
namespace {

const YearlyKey kDelivered{"delivered", "mainland/nvidia", "packages", 2025};

pb::RunFigures delivers(double packages) {
  pb::RunFigures found;
  add_yearly({{kDelivered, packages}}, found);
  return found;
}

TEST_CASE("collected sweep: bands of what is whole, the scenario itself apart", "[sweep]") {
  const called::Folder folder;
  const SweepPlan plan = two_point_plan();
  for (int draw = 0; draw <= 3; ++draw) {
    write_result(result_path(plan, {0, draw}, folder.path()), delivers(draw == 0 ? 100 : draw));
  }
  write_result(result_path(plan, {1, 2}, folder.path()), delivers(7));
  write_failure(result_path(plan, {1, 3}, folder.path()), "no memory");
  std::vector<CellState> states;
  std::vector<CollectedPoint> points;
  collect_sweep(
      plan, folder.path(), true,
      [&](SweepCell, CellState state, const pb::RunFigures*) { states.push_back(state); },
      [&](const CollectedPoint& point) { points.push_back(point); });
  CHECK(states == std::vector<CellState>{CellState::Whole, CellState::Whole, CellState::Whole,
                                         CellState::Whole, CellState::Missing, CellState::Missing,
                                         CellState::Whole, CellState::Failed});
  REQUIRE(points.size() == 2);
  CHECK(points[0].kept == std::vector<int>{1, 2, 3});
  CHECK(points[0].itself->at(kDelivered) == 100);
  CHECK(points[0].bands.at(kDelivered).median == 2);
  CHECK_FALSE(points[1].itself);
  CHECK(points[1].kept == std::vector<int>{2});
  CHECK(points[1].bands.at(kDelivered).low == 7);
  const std::string csv = to_csv(point_bands_table(plan, points[1]));
  CHECK(csv ==
        "point,seed,drawn,kept,year,indicator,subject,unit,itself,low,median,high\n"
        "1,2,1,1,2025,delivered,mainland/nvidia,packages,,7,7,7\n");
}

}  // namespace
}  // namespace chokepoint
