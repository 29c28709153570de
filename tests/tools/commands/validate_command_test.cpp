#include <catch2/catch.hpp>
#include <fstream>
#include <string>

#include "tests/paths.hpp"
#include "tests/tools/called_program.hpp"

namespace chokepoint {
namespace {

using called::Folder;

/// Writes "tiny.textproto": the small scenario with its market.
void write_tiny(const Folder& folder) {
  const std::string parts = source_dir() + "/tests/sim/scenario/";
  std::ofstream(folder.path() / "tiny.textproto")
      << "name: \"tiny\" question: \"What was sold?\" start: \"2025-01-01\" end: \"2026-01-01\" "
      << "base: \"" << parts << "small.textproto\" import: \"" << parts << "economy.textproto\"";
}

TEST_CASE("validate: figures stand beside one run that knows everything", "[validate]") {
  const Folder folder;
  write_tiny(folder);
  const auto shown = called::chokepoint("validate history tiny.textproto --figures", folder);
  INFO(shown.err);
  REQUIRE(shown.exit_code == 0);
  CHECK(shown.out.find("west_china_revenue") != std::string::npos);
  CHECK(shown.out.find("domestic_share") != std::string::npos);
  CHECK(shown.out.find("calibrate") != std::string::npos);
}

TEST_CASE("validate: the past is forecast and judged, and exit codes tell", "[validate][slow]") {
  const Folder folder;
  write_tiny(folder);
  const auto judged = called::chokepoint(
      "validate history tiny.textproto --draws 2 --jobs 2 --as-of 2025-03-31 -q", folder);
  INFO(judged.err);
  CHECK(judged.exit_code == 1);  // Nobody wins with so few points.
  CHECK(judged.err.empty());
  CHECK(judged.out.find("best of three on 0 of 0 series") != std::string::npos);
  CHECK(called::chokepoint("validate history nowhere.textproto", folder).exit_code == 3);
  CHECK(called::chokepoint("validate history --as-of soon", folder).exit_code == 2);
  CHECK(called::chokepoint("validate history --draws 0", folder).exit_code == 2);
  CHECK(called::chokepoint("validate", folder).exit_code == 2);
}

}  // namespace
}  // namespace chokepoint
