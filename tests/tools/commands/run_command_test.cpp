#include <sys/stat.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

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
  CHECK(record.find("\"schema\": \"chokepoint.run/2\"") != std::string::npos);
  CHECK(record.find("\"name\": \"tables/orders.csv\"") != std::string::npos);
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
  for (const std::string level : {"all", "step", "request"}) {
    CHECK(says("run h20_2025 --trace-level " + level).find("--trace-level: ") != std::string::npos);
  }
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

/// The shell waits until `file` is there, at most a minute.
std::string until_there(const std::string& file) {
  return "for i in $(seq 6000); do ls " + file + " >/dev/null 2>&1 && break; sleep 0.01; done; ";
}

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) {
    names.push_back(entry.path().filename().string());
  }
  return names;
}

/// As a terminal has it: the program and its workers are one group of processes, which `$group`
/// names.
std::string in_a_group(const std::string& program, const std::string& then) {
  return "setsid '" + program_path() + "' " + program + " >said.out 2>said.err & group=$!; " +
         then + "wait $group; code=$?; sleep 0.1; ps -o pid= -g $group >left; exit $code; ";
}

TEST_CASE("run: a signal says what it ended and leaves nothing", "[run][signal]") {
  const Folder folder;
  const std::vector<std::pair<std::string, int>> codes = {
      {"TERM", 143}, {"INT", 130}, {"HUP", 129}};
  for (const auto& [signal, code] : codes) {
    const auto ended = called::chokepoint(
        "", folder,
        in_a_group("run history -q -o out",
                   until_there("out/*.partial") + "kill -" + signal + " -$group; "));
    CHECK(ended.exit_code == code);
    const std::string said = bytes_of(folder.path() / "said.err");
    CHECK_THAT(said, Catch::StartsWith("chokepoint: interrupted: the run of history at ") &&
                         Catch::EndsWith("; nothing is kept in out\n"));
    CHECK(std::count(said.begin(), said.end(), '\n') == 1);
    CHECK(names_in(folder.path() / "out").empty());
  }
}

TEST_CASE("run: a signal during draws ends the workers as well", "[run][signal]") {
  const Folder folder;
  for (const std::string to : {"$group", "-$group"}) {
    const auto ended = called::chokepoint(
        "", folder,
        in_a_group(
            "run history -q --draws 4 --all-draws -o out",
            "until pgrep -P $group >/dev/null; do sleep 0.01; done; sleep 0.2; kill -INT -- " + to +
                "; "));
    CHECK(ended.exit_code == 130);
    CHECK_THAT(bytes_of(folder.path() / "said.err"),
               Catch::StartsWith("chokepoint: interrupted: the run of history at ") &&
                   Catch::EndsWith("; nothing is kept in out\n"));
    CHECK(bytes_of(folder.path() / "left").empty());
    CHECK(names_in(folder.path() / "out").empty());
  }
}

TEST_CASE("run: a file past its limit is exit 5, names it and leaves nothing", "[run]") {
  const Folder folder;
  for (const std::string limit : {"1", "100"}) {
    const auto run = called::chokepoint("run h20_2025 -q -o out", folder, "ulimit -f " + limit);
    CHECK(run.exit_code == 5);
    CHECK_THAT(run.err, Catch::StartsWith("chokepoint: error: out/trace.pftrace.") &&
                            Catch::EndsWith("cannot be written: File too large\n"));
    CHECK(names_in(folder.path() / "out").empty());
  }
}

TEST_CASE("run: of two into one folder one is whole, the other says why it is not", "[run]") {
  const Folder folder;
  const auto second = called::chokepoint(
      "run h20_2025 -q --seed 2 -o out", folder,
      "'" + program_path() +
          "' run history -q --until 2023-01-01 -o out >first.out 2>&1 & first=$!; " +
          until_there("out/*.partial") + "trap 'wait $first; echo $? >first.code' EXIT");
  CHECK(second.exit_code == 5);
  CHECK(second.err ==
        "chokepoint: error: out is in use by another run or command\n"
        "  help: wait until that has ended, or name another folder\n");
  CHECK(bytes_of(folder.path() / "first.code") == "0\n");
  CHECK(called::chokepoint("why out all@2022", folder).exit_code == 0);
}

TEST_CASE("run: files of others in its folder stay and are named", "[run]") {
  const Folder folder;
  fs::create_directory(folder.path() / "out");
  std::ofstream(folder.path() / "out" / "notes.txt") << "mine";
  const auto run = called::chokepoint("run h20_2025 -q --until 2025-02-01 -o out", folder);
  CHECK(run.exit_code == 0);
  CHECK(run.err == "chokepoint: warning: out also holds what is not of the run: notes.txt\n");
  CHECK(bytes_of(folder.path() / "out" / "notes.txt") == "mine");
}

TEST_CASE("run: a name that is taken or empty is refused", "[run]") {
  const Folder folder;
  fs::create_directories(folder.path() / "linked");
  REQUIRE(mkfifo((folder.path() / "pipe").c_str(), 0600) == 0);
  fs::create_symlink("loop", folder.path() / "loop");
  fs::create_symlink("/dev/null", folder.path() / "linked" / "tables");
  const std::string run = "run h20_2025 -q --until 2025-02-01 -o ";
  CHECK(called::chokepoint(run + "''", folder).exit_code == 2);
  const std::string long_name(300, 'x');
  for (const std::string name : {"pipe", "loop", "linked", long_name.c_str()}) {
    const auto refused = called::chokepoint(run + name, folder);
    CHECK(refused.exit_code == 5);
    CHECK_THAT(refused.err, Catch::StartsWith("chokepoint: error: ") && Catch::Contains(name));
  }
}

TEST_CASE("run: what cannot be printed is exit 5, and a reader that goes is none", "[run]") {
  const Folder folder;
  for (const std::string command : {"--help", "--version", "catalog list devices",
                                    "scenario explain h20_2025", "policy timeline"}) {
    INFO(command);
    const auto full = called::chokepoint(command + " >/dev/full", folder);
    CHECK(full.exit_code == 5);
    CHECK(full.err ==
          "chokepoint: error: cannot write to standard output: No space left on device\n");
  }
  CHECK(called::chokepoint("policy timeline >&-", folder).exit_code == 5);
  const auto head = called::chokepoint("scenario explain history | head -1", folder);
  CHECK(std::count(head.out.begin(), head.out.end(), '\n') == 1);
  CHECK(head.err.empty());
}

}  // namespace
}  // namespace chokepoint
