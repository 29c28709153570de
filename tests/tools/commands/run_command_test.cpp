#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <string>

#include "tests/paths.hpp"
#include "tests/tools/called_program.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;
using called::bytes_of;
using called::Folder;

TEST_CASE("run: writes trace, tables and record, and says where", "[run]") {
  const Folder folder;
  const auto run = called::chokepoint("run h20_2025 -o out -q", folder);
  INFO(run.err);
  REQUIRE(run.exit_code == 0);
  CHECK(run.err.empty());
  CHECK(run.out.find("out/trace.pftrace") != std::string::npos);
  CHECK(run.out.find("refused") != std::string::npos);
  CHECK(fs::file_size(folder.path() / "out" / "trace.pftrace") > 0);
  for (const auto* table : {"deliveries", "refusals", "orders", "compute", "services", "training",
                            "sites", "supplies"}) {
    INFO(table);
    CHECK(fs::exists(folder.path() / "out" / "tables" / (std::string(table) + ".csv")));
  }
  const std::string record = bytes_of(folder.path() / "out" / "run.json");
  CHECK(record.find("\"schema\": \"chokepoint.run/1\"") != std::string::npos);
  CHECK(record.find("\"scenario\": \"h20_2025\"") != std::string::npos);
}

TEST_CASE("run: the same scenario and seed give the same bytes, wherever it is called", "[run]") {
  const Folder here, there;
  REQUIRE(called::chokepoint("run h20_2025 --until 2025-06-01 -o a -q", here).exit_code == 0);
  REQUIRE(
      called::chokepoint(
          "run " + source_dir() + "/scenarios/h20_2025.textproto --until 2025-06-01 -o b -q", there)
          .exit_code == 0);
  const std::string first = bytes_of(here.path() / "a" / "trace.pftrace");
  CHECK_FALSE(first.empty());
  CHECK((first == bytes_of(there.path() / "b" / "trace.pftrace")));
}

TEST_CASE("run: without -o the folder is named by scenario and seed", "[run]") {
  const Folder folder;
  REQUIRE(called::chokepoint("run h20_2025 --seed 7 --until 2025-02-15 -q", folder).exit_code == 0);
  CHECK(fs::exists(folder.path() / "runs" / "h20_2025-7" / "run.json"));
}

TEST_CASE("run: progress goes to stderr and its last line is always there", "[run]") {
  const Folder folder;
  const auto run = called::chokepoint("run h20_2025 --until 2025-02-15 -o out", folder);
  CHECK(run.err.find("simulated ") != std::string::npos);
  CHECK(run.out.find("simulated ") == std::string::npos);
}

TEST_CASE("run: bad input is exit 3, names the file and writes nothing", "[run]") {
  const Folder folder;
  const auto missing = called::chokepoint("run nowhere.textproto -o out", folder);
  CHECK(missing.exit_code == 3);
  CHECK(missing.err.find("nowhere.textproto") != std::string::npos);
  const auto bad = called::chokepoint("run h20_2025 --set no_such_field=1 -o out", folder);
  CHECK(bad.exit_code == 3);
  CHECK(bad.err.find("no_such_field") != std::string::npos);
  CHECK_FALSE(fs::exists(folder.path() / "out"));
}

TEST_CASE("run: a folder that cannot be written is exit 5 and is named", "[run]") {
  const Folder folder;
  const auto run = called::chokepoint("run h20_2025 -q -o /dev/null/out", folder);
  CHECK(run.exit_code == 5);
  CHECK(run.err.rfind("chokepoint: error: cannot make folder /dev/null/out", 0) == 0);
}

TEST_CASE("run: what is wrong with the arguments is exit 2, with help", "[run]") {
  const Folder folder;
  const auto says = [&](const std::string& arguments) {
    const auto called = called::chokepoint(arguments, folder);
    CHECK(called.exit_code == 2);
    CHECK(called.out.empty());
    return called.err;
  };
  CHECK(says("rum h20_2025") ==
        "chokepoint: error: unknown command 'rum'\n"
        "  help: did you mean 'run'? see 'chokepoint --help'\n");
  CHECK(says("run h20_2025 --sed 3") ==
        "chokepoint: error: unknown flag '--sed'\n"
        "  help: did you mean '--seed'? see 'chokepoint run --help'\n");
  CHECK(says("") ==
        "chokepoint: error: no command given\n"
        "  help: see 'chokepoint --help'\n");
  CHECK(says("run h20_2025 --until tomorrow")
            .find("'tomorrow' is neither a day nor a moment; write a day as") != std::string::npos);
  CHECK(says("run h20_2025 --set seed").find("'seed' is not PATH=VALUE") != std::string::npos);
  CHECK(says("run h20_2025 --trace-level all").find("--trace-level") != std::string::npos);
}

TEST_CASE("run: --help and --version are results", "[run]") {
  const Folder folder;
  const auto version = called::chokepoint("--version", folder);
  CHECK(version.exit_code == 0);
  CHECK(version.out.rfind("chokepoint ", 0) == 0);
  const auto help = called::chokepoint("run --help", folder);
  CHECK(help.exit_code == 0);
  CHECK(help.out.find("--trace-level") != std::string::npos);
}

// The trace is written into a pipe from which one byte is read: the run waits in the middle of it,
// however fast the machine, until the signal comes.
TEST_CASE("run: a signal ends it at once and leaves no trace under the final name", "[run]") {
  const Folder folder;
  fs::create_directory(folder.path() / "out");
  const fs::path partial = folder.path() / "out" / "trace.pftrace.partial";
  REQUIRE(mkfifo(partial.c_str(), 0600) == 0);
  const auto stopped_by = [&](const std::string& signal) {
    return called::chokepoint(
               "run h20_2025 -q --set sample_days=1 -o out >/dev/null 2>&1 & child=$!; "
               "exec 3<>out/trace.pftrace.partial; timeout 60 head -c 1 <&3 >/dev/null; "
               "kill -" +
                   signal + " $child; wait $child",
               folder)
        .exit_code;
  };
  CHECK(stopped_by("TERM") == 143);
  CHECK(stopped_by("INT") == 130);
  CHECK(fs::is_fifo(partial));
  CHECK_FALSE(fs::exists(folder.path() / "out" / "trace.pftrace"));
  CHECK_FALSE(fs::exists(folder.path() / "out" / "run.json"));
}

}  // namespace
}  // namespace chokepoint
