#include "tools/sweep/cell_result.hpp"

#include <catch2/catch.hpp>
#include <fstream>

#include "tests/tools/called_program.hpp"
#include "tests/tools/sweep/planned_sweep.hpp"
#include "tools/print/whole_file.hpp"

namespace chokepoint {
namespace {

pb::RunFigures some_figures() {
  pb::RunFigures figures;
  pb::YearlyFigure& one = *figures.add_yearly();
  one.set_year(2025);
  one.set_indicator("delivered");
  one.set_value(0.1 + 0.2);
  return figures;
}

TEST_CASE("cell result: what was written is read back to the last bit", "[sweep]") {
  const called::Folder folder;
  const auto path = result_path(two_point_plan(), {1, 2}, folder.path());
  CHECK(state_of(path) == CellState::Missing);
  write_result(path, some_figures());
  CHECK(state_of(path) == CellState::Whole);
  const auto read = read_result(path);
  REQUIRE(read);
  CHECK(read->SerializeAsString() == some_figures().SerializeAsString());
}

TEST_CASE("law: a result that was cut anywhere, or changed anywhere, is none", "[sweep][law]") {
  const called::Folder folder;
  const auto path = result_path(two_point_plan(), {0, 1}, folder.path());
  write_result(path, some_figures());
  const std::string bytes = called::bytes_of(path);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    INFO(i);
    write_whole(path, bytes.substr(0, i));
    CHECK_FALSE(read_result(path));
    std::string changed = bytes;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    write_whole(path, changed);
    CHECK_FALSE(read_result(path));
  }
}

TEST_CASE("cell result: a failure says why until there is a result", "[sweep]") {
  const called::Folder folder;
  const auto path = result_path(two_point_plan(), {0, 1}, folder.path());
  write_failure(path, "no memory");
  CHECK(state_of(path) == CellState::Failed);
  CHECK(read_failure(path) == "no memory");
  write_result(path, some_figures());
  CHECK(state_of(path) == CellState::Whole);
  CHECK_FALSE(read_failure(path));
}

TEST_CASE("law: cells of other scenarios and other draws have other places", "[sweep][law]") {
  const SweepPlan plan = two_point_plan();
  CHECK(result_path(plan, {0, 1}, "f") != result_path(plan, {1, 1}, "f"));
  CHECK(result_path(plan, {0, 1}, "f") != result_path(plan, {0, 2}, "f"));
}

}  // namespace
}  // namespace chokepoint
