#include "tools/sweep/sweep_database.hpp"

#include <catch2/catch.hpp>

#include "sim/sweep/replicas.hpp"
#include "tests/tools/called_program.hpp"
#include "tests/tools/sweep/planned_sweep.hpp"

namespace chokepoint {
namespace {

// The first column of the first row of an answer.
double answer_of(const std::filesystem::path& file, const std::string& query) {
  sqlite3* database = nullptr;
  REQUIRE(sqlite3_open_v2(file.c_str(), &database, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK);
  sqlite3_stmt* statement = nullptr;
  INFO(query);
  REQUIRE(sqlite3_prepare_v2(database, query.c_str(), -1, &statement, nullptr) == SQLITE_OK);
  REQUIRE(sqlite3_step(statement) == SQLITE_ROW);
  const double value = sqlite3_column_double(statement, 0);
  sqlite3_finalize(statement);
  sqlite3_close(database);
  return value;
}

TEST_CASE("sweep database: what cells found, what draws took, and which are kept", "[sweep]") {
  const called::Folder folder;
  const SweepPlan plan = two_point_plan();
  const auto file = folder.path() / "sweep.sqlite";
  pb::Scenario scenario;
  auto& figure = *scenario.mutable_choice()->mutable_sensitivity();
  figure.set_value(2), figure.set_low(1), figure.set_high(4);
  const YearlyKey key{"delivered", "mainland/it's", "packages", 2025};
  {
    SweepDatabase database(file, plan);
    for (int draw = 0; draw < 3; ++draw) {
      pb::RunFigures found;
      add_yearly({{key, 10.0 * draw}}, found);
      database.add({1, draw}, CellState::Whole, &found);
    }
    database.add({1, 3}, CellState::Failed, nullptr);
    CollectedPoint point;
    point.point = 1;
    point.kept = {2};
    database.add(point, scenario);
    CHECK_FALSE(std::filesystem::exists(file));
    database.close();
  }
  CHECK(answer_of(file, "SELECT count(*) FROM points WHERE path = 'seed'") == 2);
  CHECK(answer_of(file, "SELECT count(*) FROM cells WHERE state = 'failed'") == 1);
  CHECK(answer_of(file, "SELECT value FROM figures_by_draw WHERE kept AND year = 2025") == 20);
  CHECK(answer_of(file, "SELECT count(*) FROM figures_by_draw WHERE subject = 'mainland/it''s'") ==
        3);
  CHECK(answer_of(file, "SELECT count(*) FROM inputs_by_draw") == 2);
  CHECK(std::abs(answer_of(file,
                           "SELECT max(abs(quantile)) FROM inputs_by_draw "
                           "WHERE path = 'choice.sensitivity'")) <= 1.645);
}

TEST_CASE("sweep database: one that is not closed leaves no file of its name", "[sweep]") {
  const called::Folder folder;
  const auto file = folder.path() / "sweep.sqlite";
  { SweepDatabase database(file, two_point_plan()); }
  CHECK_FALSE(std::filesystem::exists(file));
  CHECK_THROWS_WITH(SweepDatabase(folder.path() / "none" / "x", two_point_plan()),
                    Catch::Contains("cannot write"));
}

}  // namespace
}  // namespace chokepoint
