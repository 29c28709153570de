#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/paths.hpp"
#include "tests/tools/called_program.hpp"
#include "tools/page/page.hpp"
#include "tools/page/page_template.hpp"

namespace chokepoint {
namespace {

using called::Folder;

TEST_CASE("report: writes one file that holds the data, or says what the build lacks",
          "[report_command]") {
  const Folder folder;
  REQUIRE(called::chokepoint("run h20_2025 -q --until 2025-07-01 -o a", folder).exit_code == 0);
  REQUIRE(called::chokepoint("run h20_open -q --until 2025-07-01 -o b", folder).exit_code == 0);
  const auto written = called::chokepoint("report b --baseline a -o page.html", folder);
  INFO(written.err);
  if (page_template().page.empty()) {
    CHECK(written.exit_code == 5);
    CHECK(written.err.find("nodejs") != std::string::npos);
    return;
  }
  REQUIRE(written.exit_code == 0);
  const std::string page = called::bytes_of(folder.path() / "page.html");
  CHECK(page.size() < 2'000'000);
  CHECK(page.find(kPageMarker) == std::string::npos);
  CHECK(page.find("\"schema\": \"chokepoint.page/1\"") != std::string::npos);
  // The same runs make the same bytes.
  REQUIRE(called::chokepoint("report b --baseline a -o again.html", folder).exit_code == 0);
  CHECK(called::bytes_of(folder.path() / "again.html") == page);
}

TEST_CASE("report: replays, a training run and a table of jobs have pages of their own",
          "[report_command]") {
  if (page_template().page.empty()) return;
  const Folder folder;
  const auto run = [&](const std::string& arguments) {
    const auto done = called::chokepoint(arguments, folder);
    INFO(arguments << "\n" << done.err);
    REQUIRE(done.exit_code == 0);
  };
  run("replay jobs " + source_dir() + "/scenarios/logs/jobs.csv --on hgx_h100 -o jobs.csv");
  run("report jobs.csv -o jobs.html");
  run("replay jobs " + source_dir() + "/scenarios/logs/jobs.csv --on hgx_h100 -o jobs");
  run("report jobs -o of_folder.html");
  run("estimate training --model Llama-3.1-8B --device nv_h100_sxm --devices 64 --tp 8 --tokens "
      "100B --seed 1 -o training");
  run("report training -o training.html");
  const std::string page = called::bytes_of(folder.path() / "training.html");
  for (const char* id : {"timeline", "goodput", "step", "memory", "plan"}) {
    INFO(id);
    CHECK(page.find("\"id\": \"" + std::string(id) + "\"") != std::string::npos);
  }
  CHECK(called::chokepoint("report jobs.csv --baseline training", folder).exit_code == 5);
}

TEST_CASE("report: a folder without a run is named", "[report_command]") {
  const Folder folder;
  const auto result = called::chokepoint("report nowhere", folder);
  CHECK(result.exit_code == 5);
  CHECK(result.err.find("nowhere") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(folder.path() / "report.html"));
}

}  // namespace
}  // namespace chokepoint
