#include <catch2/catch.hpp>
#include <filesystem>
#include <string>

#include "tests/tools/called_program.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;
using called::Folder;

TEST_CASE("sweep: planned, run, counted and collected", "[sweep]") {
  const Folder folder;
  const auto planned = called::chokepoint(
      "sweep plan history --until 2022-01-01 --draws 2 --grid seed=1,2 -o s -q", folder);
  INFO(planned.err);
  REQUIRE(planned.exit_code == 0);
  CHECK(planned.out ==
        "2 points, each as it is and with 2 draws: 6 cells in s\n"
        "0 of 6 cells are whole, 0 failed, 6 are missing\n");
  REQUIRE(called::chokepoint("sweep work s --shard 0/2 -q", folder).exit_code == 0);
  const auto half = called::chokepoint("sweep status s --json", folder);
  CHECK(half.out.find("\"whole\": 3") != std::string::npos);
  const auto run = called::chokepoint("sweep run s -q", folder);
  CHECK(run.exit_code == 0);
  CHECK(run.out == "6 of 6 cells are whole, 0 failed, 0 are missing\n");
  const auto collected =
      called::chokepoint("sweep collect s --show 'domestic_share value@2021' -q", folder);
  INFO(collected.out << collected.err);
  CHECK(collected.exit_code == 0);
  CHECK(collected.out.find("domestic_share value, share, 2021") != std::string::npos);
  CHECK(collected.out.find("of 2") != std::string::npos);
  CHECK(fs::file_size(folder.path() / "s" / "bands.csv") > 1000);
}

TEST_CASE("sweep: a run of draws and a sweep of them give the same figures", "[sweep]") {
  const Folder folder;
  REQUIRE(called::chokepoint("run history --until 2022-01-01 --draws 3 --all-draws -o r -q", folder)
              .exit_code == 0);
  REQUIRE(called::chokepoint("sweep plan history --until 2022-01-01 --draws 3 -o s -q", folder)
              .exit_code == 0);
  REQUIRE(called::chokepoint("sweep run s -q", folder).exit_code == 0);
  REQUIRE(called::chokepoint("sweep collect s --all-draws -q", folder).exit_code == 0);
  const std::string bands = called::bytes_of(folder.path() / "r" / "tables" / "bands.csv");
  const std::string swept = called::bytes_of(folder.path() / "s" / "bands.csv");
  // Each line of the one ends as a line of the other does.
  std::size_t at = bands.find('\n') + 1, lines = 0;
  for (; at < bands.size(); ++lines) {
    const std::size_t end = bands.find('\n', at);
    const std::string line = bands.substr(at, end - at);
    std::size_t unit = 0;
    for (int cell = 0; cell < 4; ++cell) unit = line.find(',', unit) + 1;
    INFO(line);
    const std::string key = "\n0,3,3," + line.substr(0, unit);
    const auto found = swept.find(key);
    REQUIRE(found != std::string::npos);
    const std::size_t ends = swept.find('\n', found + 1);
    const std::string values = "," + line.substr(unit);
    CHECK(swept.substr(ends - values.size(), values.size()) == values);
    at = end + 1;
  }
  CHECK(lines > 50);
}

TEST_CASE("sweep: what cannot be planned or run says so", "[sweep]") {
  const Folder folder;
  const auto code = [&](const std::string& words) {
    return called::chokepoint(words, folder).exit_code;
  };
  CHECK(code("sweep status nowhere") == 5);
  CHECK(code("sweep plan no_such_scenario -o s") == 3);
  CHECK(code("sweep plan history -o s --grid seed=1,1") == 2);
  CHECK(code("sweep plan history -o s --grid seed=1,no") == 3);
  CHECK(code("sweep work s --shard 4/4") == 2);
  CHECK_FALSE(fs::exists(folder.path() / "s"));
  REQUIRE(code("sweep plan history --until 2021-03-01 -o s -q") == 0);
  CHECK(code("sweep collect s --show nonsense") == 2);
  CHECK(code("sweep collect s -q") == 4);
}

}  // namespace
}  // namespace chokepoint
