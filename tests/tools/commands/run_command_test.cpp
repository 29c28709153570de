#include <sys/stat.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <regex>
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
  CHECK(record.find("\"schema\": \"chokepoint.run/3\"") != std::string::npos);
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

TEST_CASE("run: JSON has the answer and every figure", "[run]") {
  const Folder folder;
  const auto run = called::chokepoint("run h20_2025 --until 2025-06-01 -o a -q --json", folder);
  CHECK(run.exit_code == 0);
  CHECK(run.out.find("\"schema\": \"chokepoint.run.answer/1\"") != std::string::npos);
  CHECK(run.out.find("\"text\": \"Of ") != std::string::npos);
  CHECK(run.out.find("\"indicator\": \"refused\"") != std::string::npos);
}

TEST_CASE("run: an option that does nothing is warned of", "[run]") {
  const Folder folder;
  const std::string idle = "run h20_2025 --until 2025-02-01 -o a -q --all-draws";
  const auto warned = called::chokepoint(idle, folder);
  CHECK(warned.exit_code == 0);
  CHECK(warned.err.find("--all-draws: warning: there are no draws") != std::string::npos);
  CHECK(called::chokepoint(idle + " --strict", folder).exit_code == 3);
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

/// As a terminal has it: the program and its workers are one group of processes, which `$group`
/// names.
std::string in_a_group(const std::string& program, const std::string& then) {
  return "setsid '" + program_path() + "' " + program + " >said.out 2>said.err & group=$!; " +
         then + "wait $group; code=$?; sleep 0.1; ps -o pid= -g $group >left; exit $code";
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
    CHECK_FALSE(fs::exists(folder.path() / "out"));
  }
}

TEST_CASE("run: a signal during draws ends the workers as well", "[run][signal]") {
  const Folder folder;
  for (const std::string to : {"$group", "-$group"}) {
    const auto ended = called::chokepoint(
        "", folder,
        in_a_group("run history -q --draws 4 --all-draws -o out",
                   "until pgrep -P $group >/dev/null; do sleep 0.01; done; sleep 0.2; kill -INT " +
                       to + "; "));
    CHECK(ended.exit_code == 130);
    CHECK_THAT(bytes_of(folder.path() / "said.err"),
               Catch::StartsWith("chokepoint: interrupted: the run of history at ") &&
                   Catch::EndsWith("; nothing is kept in out\n"));
    CHECK(bytes_of(folder.path() / "left").empty());
    CHECK_FALSE(fs::exists(folder.path() / "out"));
  }
}

TEST_CASE("run: a file past its limit is exit 5, names it and leaves nothing", "[run]") {
  const Folder folder;
  for (const std::string limit : {"1", "100"}) {
    const auto run = called::chokepoint("run h20_2025 -q -o out", folder, "ulimit -f " + limit);
    CHECK(run.exit_code == 5);
    CHECK_THAT(run.err, Catch::StartsWith("chokepoint: error: out/trace.pftrace.") &&
                            Catch::EndsWith("cannot be written: File too large\n"));
    CHECK_FALSE(fs::exists(folder.path() / "out"));
  }
}

TEST_CASE("run: of two into one folder one is whole, the other says why it is not", "[run]") {
  const Folder folder;
  const auto second = called::chokepoint(
      "run h20_2025 -q --seed 2 -o out", folder,
      "'" + program_path() + "' run history -q --draws 4 -o out >first.out 2>&1 & first=$!; " +
          until_there("out/*.partial") +
          "kill -STOP $first; "
          "trap 'kill -CONT $first; wait $first; echo $? >first.code' EXIT");
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

/// What would steer a terminal: a control of C0 but line ends and tabs, DEL, C1, or a mark that
/// turns the direction of writing.
bool steers_terminal(const std::string& text) {
  static const std::regex marks(
      "[\\x01-\\x08\\x0B-\\x1F\\x7F]|\xC2[\x80-\x9F]|\xE2\x80[\x8E\x8F\xAA-\xAE]");
  return std::regex_search(text, marks);
}

TEST_CASE("run: nothing that a scenario says steers the terminal, or makes lines", "[run]") {
  const Folder folder;
  std::ofstream(folder.path() / "x.textproto")
      << "name: \"x\" base: \"" << source_dir() << "/tests/sim/scenario/small.textproto\"\n"
      << R"(question: "\x1b]0;title\x07\x1b[2Jfake\nresult  1 packages\r\xc2\x9b2J\xe2\x80\xae")"
      << R"(orgs { name: "lab" display: "\x1b[31mlab\nlab" })";
  const auto run = called::chokepoint("run x.textproto --until 2025-06-01 -o out", folder);
  REQUIRE(run.exit_code == 0);
  CHECK(run.out.find("?]0;title??[2Jfake?result  1 packages??2J?") != std::string::npos);
  CHECK_FALSE(steers_terminal(run.out + run.err));
  for (const std::string verb :
       {"trace inspect out/trace.pftrace", "trace cat out/trace.pftrace",
        "trace cat --json out/trace.pftrace", "compare out out", "compare --json out out",
        "compare --csv out out", "scenario explain x.textproto", "replay run out/trace.pftrace"}) {
    INFO(verb);
    const auto told = called::chokepoint(verb, folder);
    CHECK(told.exit_code == 0);
    CHECK_FALSE(steers_terminal(told.out + told.err));
  }
}

TEST_CASE("run: folders and files whose names are no UTF-8", "[run]") {
  const Folder folder;
  const fs::path odd = folder.path() / "odd\xFF\x9B";
  fs::create_directory(odd);
  fs::copy(source_dir() + "/tests/sim/scenario/small.textproto", odd / "b\xFE.textproto");
  std::ofstream(odd / "x.textproto")
      << "name: \"x\" question: \"?\" base: \"base.textproto\" set { path: \"seed\" value: \"3\" }";
  fs::create_symlink("b\xFE.textproto", odd / "base.textproto");
  const auto run =
      called::chokepoint("run odd*/x.textproto --until 2025-03-01 -o $(echo odd*)/out -q", folder);
  INFO(run.err);
  REQUIRE(run.exit_code == 0);
  CHECK_FALSE(steers_terminal(run.out));
  CHECK(fs::exists(odd / "out" / "run.json"));
  for (const std::string verb :
       {"trace inspect odd*/out/trace.pftrace", "compare --json odd*/out odd*/out",
        "replay run odd*/out/trace.pftrace", "scenario check odd*/x*"}) {
    INFO(verb);
    CHECK(called::chokepoint(verb, folder).exit_code == 0);
  }
}

TEST_CASE("run: a host per gang, whoever brings the nodes and however many there are", "[run]") {
  const Folder folder;
  const std::string small = "run " + source_dir() + "/tests/sim/scenario/small.textproto -q -o out";
  const std::string per_node = " --set sites[north].pools[gpus].host_scale=ONE_PER_NODE";
  const auto run = [&](const std::string& flags) {
    return called::chokepoint(small + " --until 2025-06-01" + flags, folder);
  };
  CHECK(run(per_node + " --set sites[north].pools[gpus].stocks[early].units=0").exit_code == 0);
  CHECK(run(per_node + " --set sites[north].pools[gpus].stocks[early].units=1e9").exit_code == 0);
}

// Three stocks of 1e9 packages, a node each, are more than an int holds.
TEST_CASE("run: a fleet of 3e9 nodes is counted as such", "[run]") {
  const Folder folder;
  std::ofstream file(folder.path() / "x.textproto");
  file << "name: \"x\" question: \"?\" base: \"" << source_dir()
       << "/tests/sim/scenario/small.textproto\"\n"
       << R"(set { path: "nodes[west_node].devices_per_node" value: "1" }
             set { path: "nodes[west_node].node_power_kw" value: "0.001" }
             set { path: "sites[north].power_cap_mw" value: "1e6" }
             sites { name: "north" pools { name: "gpus")";
  for (const char* name : {"a", "b", "c"}) {
    file << R"( stocks { name: ")" << name << R"(" owner: "lab" status: LEGAL
                 units { value: 1e9 source: "guess" confidence: ESTIMATED } })";
  }
  file << "} }\n";
  file.close();
  const auto run = called::chokepoint("run x.textproto --until 2025-02-01 -q -o out", folder);
  INFO(run.err);
  REQUIRE(run.exit_code == 0);
  const std::string compute = bytes_of(folder.path() / "out" / "tables" / "compute.csv");
  CHECK(compute.find("3000000800") != std::string::npos);
  CHECK(compute.find(",-") == std::string::npos);
}

}  // namespace
}  // namespace chokepoint
