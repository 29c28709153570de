#include "tools/page/replay/stored_replay.hpp"

#include <catch2/catch.hpp>
#include <fstream>

#include "tests/tools/page/replay/made_replay.hpp"

namespace chokepoint {
namespace {

TEST_CASE("stored replay: its tables are read as they were written", "[page][replay]") {
  const made::ReplayFolder folder(made::three_requests());
  const StoredReplay replay(folder.path());
  CHECK(replay.name() == "replay");
  CHECK(replay.has_table("pools.csv"));
  CHECK_FALSE(replay.has_table("interruptions.csv"));
  CHECK(replay.rows("requests.csv").size() == 3);
  CHECK(replay.rows("interruptions.csv").empty());
  CHECK(sorted_column(replay.rows("requests.csv"), "e2e_s") == std::vector<double>{2.0, 4.0});
}

TEST_CASE("stored replay: a table that was changed since is refused by name", "[page][replay]") {
  const made::ReplayFolder folder(made::three_requests());
  std::ofstream(folder.path() / "tables/pools.csv") << "pool\nother\n";
  const StoredReplay replay(folder.path());
  CHECK_THROWS_WITH(replay.rows("pools.csv"), Catch::Contains("pools.csv"));
}

TEST_CASE("stored replay: replays in a folder are found by name, others are not",
          "[page][replay]") {
  const made::ReplayFolder folder(made::three_requests());
  CHECK(holds_replay(folder.path()));
  CHECK_FALSE(holds_replay(folder.above()));
  CHECK(replays_inside(folder.above()) == std::vector{folder.path()});
  CHECK(replays_inside("/nonexistent").empty());
  CHECK_THROWS_WITH(StoredReplay(folder.above()), Catch::Contains("no whole replay"));
}

}  // namespace
}  // namespace chokepoint
