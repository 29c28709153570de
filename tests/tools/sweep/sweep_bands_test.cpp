#include "tools/sweep/sweep_bands.hpp"

#include <catch2/catch.hpp>

#include "tests/tools/called_program.hpp"
#include "tests/tools/sweep/planned_sweep.hpp"

namespace chokepoint {
namespace {

const YearlyKey kShare{"domestic_share", "value", "share", 2025};

CollectedPoint collected_point(std::size_t number, double middle) {
  CollectedPoint point;
  point.point = number;
  point.draws = {1, 2, 3};
  point.kept = {1, 2, 3};
  point.itself = Figures{{kShare, middle}};
  point.bands[kShare] = {middle - 0.1, middle, middle + 0.1};
  return point;
}

TEST_CASE("sweep bands: points follow each other under one header", "[sweep]") {
  const called::Folder folder;
  const SweepPlan plan = two_point_plan();
  const auto path = folder.path() / "bands.csv";
  BandsFile file(path);
  for (const std::size_t point : {0, 1}) {
    file.add(point_bands_table(plan, collected_point(point, 0.5)));
  }
  CHECK_FALSE(std::filesystem::exists(path));
  file.close();
  CHECK(called::bytes_of(path) ==
        "point,seed,drawn,kept,year,indicator,subject,unit,itself,low,median,high\n"
        "0,1,3,3,2025,domestic_share,value,share,0.5,0.4,0.5,0.6\n"
        "1,2,3,3,2025,domestic_share,value,share,0.5,0.4,0.5,0.6\n");
}

TEST_CASE("sweep bands: one figure of all points lines up for people", "[sweep]") {
  const SweepPlan plan = two_point_plan();
  Table table = shown_figure_table(plan);
  add_shown_figure(plan, collected_point(0, 0.5), kShare, table);
  CollectedPoint none;
  none.point = 1;
  add_shown_figure(plan, none, kShare, table);
  const std::string text = to_text(table);
  INFO(text);
  CHECK(text.find("3 of 3") != std::string::npos);
  CHECK(text.find("0 of 0") != std::string::npos);
}

}  // namespace
}  // namespace chokepoint
