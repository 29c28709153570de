#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>
#include <string>

#include "tests/tools/called_program.hpp"

namespace chokepoint {
namespace {

using called::Folder;

/// Three runs in "a", "b" (both ends of one bracket) and "c" (another scenario).
void run_three(const Folder& folder) {
  const std::string rest = " -q --until 2025-07-01 -o ";
  const std::string set = " --set market.refused_budget=";
  REQUIRE(
      called::chokepoint("run h20_2025" + set + "NOTHING_BOUGHT" + rest + "a", folder).exit_code ==
      0);
  REQUIRE(called::chokepoint("run h20_2025" + set + "SPENT_ON_DOMESTIC" + rest + "b", folder)
              .exit_code == 0);
  REQUIRE(
      called::chokepoint("run h20_open" + set + "NOTHING_BOUGHT" + rest + "c", folder).exit_code ==
      0);
}

TEST_CASE("compare: shows scenarios, indicators and months within 150 columns", "[compare]") {
  const Folder folder;
  run_three(folder);
  const auto compared = called::chokepoint("compare a b c", folder);
  INFO(compared.err);
  REQUIRE(compared.exit_code == 0);
  CHECK(compared.out.find("A  h20_2025 (baseline)") != std::string::npos);
  CHECK(compared.out.find("B  h20_open") != std::string::npos);
  CHECK(compared.out.find("C  ") == std::string::npos);  // a and b share a column.
  CHECK(compared.out.find("Month by month") != std::string::npos);
  CHECK(compared.out.find("2025-04") != std::string::npos);
  std::istringstream lines(compared.out);
  for (std::string line; std::getline(lines, line);) {
    INFO(line);
    CHECK(line.size() <= 150);
  }
}

TEST_CASE("compare: JSON names its schema, CSV has one width", "[compare]") {
  const Folder folder;
  run_three(folder);
  const auto json = called::chokepoint("compare a c --json", folder);
  CHECK(json.exit_code == 0);
  CHECK(json.out.find("\"schema\": \"chokepoint.compare/1\"") != std::string::npos);
  CHECK(json.out.find("\"lost_training_h100e\"") != std::string::npos);
  const auto csv = called::chokepoint("compare a c --csv", folder);
  CHECK(csv.exit_code == 0);
  CHECK(csv.out.rfind("run,scenario,seed,", 0) == 0);
  CHECK(called::chokepoint("compare a c --csv --json", folder).exit_code == 2);
}

TEST_CASE("compare: a folder that is no run is exit 5 and is named", "[compare]") {
  const Folder folder;
  const auto compared = called::chokepoint("compare nothing_here a", folder);
  CHECK(compared.exit_code == 5);
  CHECK(compared.err ==
        "chokepoint: error: cannot open folder nothing_here: No such file or directory\n");
}

TEST_CASE("compare, why: a folder whose last run failed has no answer", "[compare][why]") {
  const Folder folder;
  REQUIRE(called::chokepoint("run h20_2025 -q --until 2025-03-01 -o a", folder).exit_code == 0);
  const std::string limit = "-q --until 2025-03-01 --seed 2 -o a";
  CHECK(called::chokepoint("run h20_2025 " + limit, folder, "ulimit -f 10").exit_code == 5);
  for (const std::string command : {"compare a a", "why a all@2025-02"}) {
    const auto asked = called::chokepoint(command, folder);
    CHECK(asked.exit_code == 5);
    CHECK(asked.out.empty());
    CHECK(asked.err == "chokepoint: error: a holds no whole run: it has no run.json\n");
  }
}

TEST_CASE("compare: a table of another run beside those of the record is not believed",
          "[compare]") {
  const Folder folder;
  for (const std::string into : {"a", "b"}) {
    REQUIRE(called::chokepoint("run h20_2025 -q --until 2025-03-01 -o " + into, folder).exit_code ==
            0);
  }
  const auto before = called::chokepoint("compare a b", folder);
  for (const std::string into : {"a", "b"}) {
    std::ofstream(folder.path() / into / "tables" / "yearly.csv") << "of another run";
  }
  CHECK(called::chokepoint("compare a b", folder).out == before.out);
}

}  // namespace
}  // namespace chokepoint
