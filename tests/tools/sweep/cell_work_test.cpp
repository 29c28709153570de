#include "tools/sweep/cell_work.hpp"

#include <catch2/catch.hpp>

#include "tests/paths.hpp"
#include "tests/tools/called_program.hpp"
#include "tools/sweep/cell_result.hpp"

namespace chokepoint {
namespace {

TEST_CASE("law: shares of a sweep together are the whole sweep, and no cell is run twice",
          "[sweep][law]") {
  const called::Folder folder;
  Diagnostics found;
  const auto plan = plan_sweep(
      std::filesystem::path(source_dir()) / "scenarios" / "history.textproto",
      {{"end", "\"2021-04-01\"", "--until"}}, {{"seed", {"1", "2"}}}, 2, folder.path(), found);
  REQUIRE(plan);
  std::size_t ran = 0;
  const auto counted = [&](std::size_t, std::size_t) { ++ran; };
  for (std::size_t shard = 0; shard < 4; ++shard) {
    work_on(*plan, folder.path(), {shard, 4}, 2, counted);
  }
  CHECK(ran == plan->cells());
  const SweepCount count = count_results(*plan, folder.path());
  CHECK(count.whole == plan->cells());
  CHECK(count.failed + count.missing == 0);
  CHECK(failures_of(*plan, folder.path()).empty());
  const auto path = result_path(*plan, {1, 2}, folder.path());
  const std::string before = called::bytes_of(path);
  work_on(*plan, folder.path(), {}, 2, counted);
  CHECK(ran == plan->cells());
  std::filesystem::remove(path);
  work_on(*plan, folder.path(), {}, 2, counted);
  CHECK(ran == plan->cells() + 1);
  CHECK((called::bytes_of(path) == before));
}

}  // namespace
}  // namespace chokepoint
