#include "tools/commands/zoom_of_run.hpp"

#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/tools/called_program.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;
using called::bytes_of;
using called::Folder;

TEST_CASE("run --zoom: writes a study that runs again, and says how both ways compare",
          "[run][zoom]") {
  const Folder folder;
  const auto run =
      called::chokepoint("run h20_2025 --zoom horinger@2025-03-01+1 -o long -q", folder);
  INFO(run.err);
  REQUIRE(run.exit_code == 0);
  CHECK(run.out.rfind("horinger for 1 day from 2025-03-01 on", 0) == 0);
  CHECK(run.out.find("Both ways agree within 5 %") != std::string::npos);
  CHECK(run.out.find("study   long/zoom.textproto") != std::string::npos);
  for (const auto* file : {"zoom.csv", "zoom_services.csv", "zoom_jobs.csv", "sites.csv"}) {
    INFO(file);
    CHECK(fs::exists(folder.path() / "long" / "tables" / file));
  }
  const auto again = called::chokepoint("run long/zoom.textproto -o close -q", folder);
  INFO(again.err);
  CHECK(again.exit_code == 0);
  CHECK(called::chokepoint("scenario check long/zoom.textproto", folder).exit_code == 0);
  const auto json =
      called::chokepoint("run h20_2025 --zoom horinger@2025-03-01+1 -o j -q --json", folder);
  CHECK(json.out.find("\"schema\": \"chokepoint.run.zoom/1\"") != std::string::npos);
  CHECK(bytes_of(folder.path() / "j" / "zoom.textproto") ==
        bytes_of(folder.path() / "long" / "zoom.textproto"));
}

TEST_CASE("run --zoom: a run without it takes the former study away", "[run][zoom]") {
  const Folder folder;
  REQUIRE(called::chokepoint("run h20_2025 --zoom guian@2025-03-01+1 -o a -q", folder).exit_code ==
          0);
  REQUIRE(fs::exists(folder.path() / "a" / "zoom.textproto"));
  REQUIRE(called::chokepoint("run h20_2025 -o a -q", folder).exit_code == 0);
  CHECK_FALSE(fs::exists(folder.path() / "a" / "zoom.textproto"));
  CHECK_FALSE(fs::exists(folder.path() / "a" / "tables" / "zoom.csv"));
}

TEST_CASE("run --zoom: what means nothing is refused, and nothing is written", "[run][zoom]") {
  const Folder folder;
  const auto refused = [&](const std::string& zoom, int code) {
    const auto run = called::chokepoint("run h20_2025 -q -o a --zoom " + zoom, folder);
    INFO(zoom << ": " << run.err);
    CHECK(run.exit_code == code);
    CHECK(run.out.empty());
    CHECK(run.err.find("help: ") != std::string::npos);
    CHECK_FALSE(fs::exists(folder.path() / "a"));
  };
  refused("horinge@2025-03-01+1", 2);
  refused("horinger@2024-03-01+1", 2);
  refused("horinger@2025-12-31+2", 2);
  refused("horinger@2025-03-01+0", 2);
  refused("horinger", 2);
  refused("horinger@2025-03-01+1 --draws 4", 2);
}

TEST_CASE("run --zoom: a site where nothing stands yet is infeasible", "[run][zoom]") {
  const Folder folder;
  const auto run = called::chokepoint(
      "run history --until 2021-02-01 -q -o a --zoom johor@2021-01-01+1", folder);
  INFO(run.err);
  CHECK(run.exit_code == 6);
  CHECK(run.err.find("no node at 'johor' has power on 2021-01-01") != std::string::npos);
  CHECK_FALSE(fs::exists(folder.path() / "a" / "run.json"));
}

}  // namespace
}  // namespace chokepoint
