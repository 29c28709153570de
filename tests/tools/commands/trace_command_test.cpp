#include <algorithm>
#include <catch2/catch.hpp>
#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/paths.hpp"
#include "tests/sim/trace/small_world.hpp"
#include "tests/sim/trace/trace_files.hpp"
#include "tests/tools/called_program.hpp"

namespace chokepoint {
namespace {

using called::Folder;
using Catch::Matchers::Contains;
using Catch::Matchers::EndsWith;
using Catch::Matchers::StartsWith;

void write_small_trace(const Folder& folder) {
  write_trace(folder.path() / "t", one_of_every_kind());
}

void cut_by(std::size_t bytes, const Folder& folder) {
  const auto whole = called::bytes_of(folder.path() / "t");
  write_bytes(folder.path() / "t", whole.substr(0, whole.size() - bytes));
}

std::size_t lines_in(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

TEST_CASE("trace inspect: shows a whole trace and is content", "[trace][command]") {
  const Folder folder;
  write_small_trace(folder);
  const auto result = called::chokepoint("trace inspect t", folder);
  CHECK(result.exit_code == 0);
  CHECK(result.err.empty());
  CHECK_THAT(result.out, StartsWith("trace      t\nscenario   small\n"));
}

TEST_CASE("trace inspect: a cut trace is a finding, shown and told", "[trace][command]") {
  const Folder folder;
  write_small_trace(folder);
  cut_by(1, folder);
  const auto result = called::chokepoint("trace inspect t", folder);
  CHECK(result.exit_code == 1);
  CHECK_THAT(result.err, StartsWith("chokepoint: warning: t: truncated after "));
  CHECK_THAT(result.out, Contains("state      truncated after "));
}

TEST_CASE("trace inspect: what is no trace is exit 5", "[trace][command]") {
  const Folder folder;
  write_bytes(folder.path() / "t", "month,units\n");
  for (const std::string verb : {"inspect", "cat"}) {
    const auto result = called::chokepoint("trace " + verb + " t", folder);
    CHECK(result.exit_code == 5);
    CHECK(result.out.empty());
    CHECK(result.err ==
          "chokepoint: error: t: not a chokepoint trace: no packet begins here, at byte 0\n");
  }
  CHECK(called::chokepoint("trace inspect nothing_here", folder).err ==
        "chokepoint: error: nothing_here: no such file\n");
}

TEST_CASE("trace cat: one line per fact, in their order", "[trace][command]") {
  const Folder folder;
  write_small_trace(folder);
  const auto result = called::chokepoint("trace cat t", folder);
  CHECK(result.exit_code == 0);
  CHECK(lines_in(result.out) == one_of_every_kind().size());
  CHECK_THAT(result.out, StartsWith("2025-01-01 00:00:00  rule          name=us_rule "));
  CHECK_THAT(result.out, Contains(" 00:00:00  end\n"));
}

TEST_CASE("trace cat: --only keeps the kinds that were named", "[trace][command]") {
  const Folder folder;
  write_small_trace(folder);
  const auto result = called::chokepoint("trace cat t --only refused --only end", folder);
  CHECK(lines_in(result.out) == 2);
  CHECK_THAT(result.out, Contains("  refused  ") && Contains("  end\n"));
  const auto before = called::chokepoint("trace cat --only refused t", folder);
  CHECK(lines_in(before.out) == 1);
  CHECK(called::chokepoint("trace cat t --only refusal", folder).exit_code == 2);
}

TEST_CASE("trace cat: --json prints a JSON object per fact", "[trace][command]") {
  const Folder folder;
  write_small_trace(folder);
  const auto result = called::chokepoint("trace cat t --json --only counter", folder);
  CHECK(result.out ==
        R"({"time":"2025-02-03T00:00:00Z","time_ns":2851200000000000,"fact":{"counter":)"
        R"({"counter":"supply_stock","unit":"packages","subject":"line_a","value":0.25}}})"
        "\n");
}

TEST_CASE("trace cat: a cut trace is printed as far as it is whole", "[trace][command]") {
  const Folder folder;
  write_small_trace(folder);
  cut_by(1, folder);
  const auto result = called::chokepoint("trace cat t", folder);
  CHECK(result.exit_code == 1);
  CHECK(lines_in(result.out) == one_of_every_kind().size() - 1);
  CHECK_THAT(result.err, StartsWith("chokepoint: warning: t: truncated after "));
}

TEST_CASE("trace inspect: for programs numbers are numbers, and the scenario is a file",
          "[trace][command]") {
  const Folder folder;
  write_small_trace(folder);
  const auto json = called::chokepoint("trace inspect t --json", folder);
  CHECK(json.exit_code == 0);
  CHECK_THAT(json.out, StartsWith("{\n  \"schema\": \"chokepoint.trace.inspect/1\",\n"));
  CHECK_THAT(json.out, Contains("\n  \"seed\": 7,\n"));
  CHECK_THAT(json.out, Contains("\n  \"truncated\": false,\n"));
  CHECK_THAT(json.out, Contains(R"({"kind": "refused", "facts": 1})"));
  const auto scenario = called::chokepoint("trace inspect t --scenario", folder);
  CHECK(scenario.exit_code == 0);
  CHECK_THAT(scenario.out, StartsWith("name: \"small\"\nquestion: "));
  CHECK(called::chokepoint("trace inspect t --scenario --json", folder).exit_code == 2);
}

TEST_CASE("trace export: writes what was asked for, and says how much", "[trace][command]") {
  const Folder folder;
  write_small_trace(folder);
  const std::string facts = std::to_string(one_of_every_kind().size()) + " facts in ";
  for (const std::string format : {"sqlite", "csv", "chrome"}) {
    const auto result =
        called::chokepoint("trace export t --to " + format + " -o " + format, folder);
    INFO(result.err);
    CHECK(result.exit_code == 0);
    CHECK(result.out == facts + format + "\n");
  }
  CHECK(called::bytes_of(folder.path() / "csv" / "refused.csv").find("value_usd") !=
        std::string::npos);
  CHECK(called::chokepoint("trace export t --to parquet -o x", folder).exit_code == 2);
  CHECK(called::chokepoint("trace export t --to csv", folder).exit_code == 2);
  CHECK(called::chokepoint("trace export t --to csv -o csv", folder).exit_code == 5);
  cut_by(1, folder);
  const auto cut = called::chokepoint("trace export t --to csv -o of_cut", folder);
  CHECK(cut.exit_code == 1);
  CHECK_THAT(cut.err, Contains("truncated; what was whole is in of_cut"));
}

TEST_CASE("trace export: on a full disk and when it is interrupted nothing is left",
          "[trace][command]") {
  const Folder folder;
  std::vector<TraceEvent> many(300'000, DeliveryDue{0_s, OrderId{0}, DeviceId{0}, 5});
  many.push_back(RunEnded{0_s});
  write_trace(folder.path() / "t", many);
  for (const std::string format : {"sqlite", "csv", "chrome"}) {
    const auto full =
        called::chokepoint("trace export t --to " + format + " -o out", folder, "ulimit -f 64");
    INFO(format << ": " << full.err);
    CHECK(full.exit_code == 5);
    const auto listed = called::chokepoint("--version >/dev/null; ls | grep out", folder);
    CHECK((listed.out.empty() || listed.out == "called.out\n"));
    // Whole or not there, whichever comes first.
    const auto stopped = called::chokepoint(
        "--version >/dev/null; timeout --preserve-status -s INT 0.3 '" + program_path() +
            "' trace export t --to " + format + " -o out >/dev/null 2>&1; echo $?; ls -d out*",
        folder);
    INFO(stopped.out);
    const bool is_whole = StartsWith("0\nout\n").match(stopped.out);
    CHECK((is_whole || stopped.out == "130\n"));
    std::filesystem::remove_all(folder.path() / "out");
  }
}

TEST_CASE("trace diff: what differs is a finding", "[trace][command]") {
  const Folder folder;
  write_small_trace(folder);
  write_trace(folder.path() / "u", {JobQueued{0_s, JobId{0}}, RunEnded{1_days}});
  CHECK(called::chokepoint("trace diff t t", folder).exit_code == 0);
  const auto differs = called::chokepoint("trace diff t u --show 2", folder);
  CHECK(differs.exit_code == 1);
  CHECK_THAT(differs.out, Contains("first differ on 2025-01-01"));
  const auto json = called::chokepoint("trace diff t u --json", folder);
  CHECK(json.exit_code == 1);
  CHECK_THAT(json.out, Contains("\"differs\": true"));
  CHECK(called::chokepoint("trace diff t none", folder).exit_code == 5);
}

TEST_CASE("trace cat: a reader that goes away ends it quietly", "[trace][command]") {
  const Folder folder;
  std::vector<TraceEvent> many(50'000, JobQueued{0_s, JobId{0}});
  many.push_back(RunEnded{0_s});
  write_trace(folder.path() / "t", many);
  const auto result = called::chokepoint("trace cat t 2>cat.err | head -n 1", folder);
  CHECK(lines_in(result.out) == 1);
  CHECK(called::bytes_of(folder.path() / "cat.err").empty());
}

TEST_CASE("trace cat: a full disk is an error", "[trace][command]") {
  const Folder folder;
  write_small_trace(folder);
  const auto result = called::chokepoint("trace cat t >/dev/full 2>cat.err; echo $?", folder);
  CHECK(result.out == "5\n");
  CHECK(called::bytes_of(folder.path() / "cat.err") ==
        "chokepoint: error: cannot write to standard output: No space left on device\n");
}

}  // namespace
}  // namespace chokepoint
