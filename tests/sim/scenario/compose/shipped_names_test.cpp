#include "sim/scenario/compose/shipped_names.hpp"

#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/sim/scenario/scenario_folder.hpp"

namespace chokepoint {
namespace {

TEST_CASE("shipped names: one stands for its file, unless there is one beside",
          "[scenario][shipped]") {
  const ScenarioFolder folder(Files{{"own.textproto", "name: \"own\""},
                                    {"history.textproto", "name: \"history\""},
                                    {"beside", "name: \"beside\""}});
  CHECK(meant_file("else", "history") == "else/history");
  let_name_shipped(".");
  CHECK(meant_file("else", "history") == "./history.textproto");
  CHECK(meant_file("else", "histories") == "else/histories");
  CHECK(meant_file("else", "../history") == "history");
  CHECK(meant_file("", "beside") == "beside");
}

TEST_CASE("shipped names: a file that is not there is told the nearest", "[scenario][shipped]") {
  const ScenarioFolder folder(Files{{"history.textproto", "name: \"history\""}});
  CHECK(nearest_file("histroy.textproto") == "history.textproto");
  CHECK(nearest_file("something_else.textproto").empty());
  CHECK(compose_report("histroy.textproto").find("help: did you mean 'history.textproto'?") !=
        std::string::npos);
}

}  // namespace
}  // namespace chokepoint
