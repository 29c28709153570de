#include <sys/wait.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "tests/paths.hpp"
#include "tests/tools/called_program.hpp"

namespace chokepoint {
namespace {

struct Answer {
  int exit_code = -1;
  std::string said;  ///< On stderr.
};

/// The answer of the program, which lies beside the main one. Behind `arguments` a shell may be
/// told where its output goes.
Answer answer_to(const std::string& arguments, const std::string& output = "/dev/null") {
  const auto program = std::filesystem::path(program_path()).parent_path() / "chokepoint_fit";
  const called::Folder scratch;
  const auto said = scratch.path() / "said";
  const int status = std::system(
      ("'" + program.string() + "' " + arguments + " > " + output + " 2> '" + said.string() + "'")
          .c_str());
  std::ifstream in(said);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1,
          {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()}};
}

int exit_code_of(const std::string& arguments) {
  return answer_to(arguments).exit_code;
}

const std::string kFolder = source_dir() + std::string("/tests/sim/scenario/");
const std::string kSmall = "'" + kFolder + "small.textproto' ";

TEST_CASE("fit_main: exit codes tell what went wrong", "[history]") {
  CHECK(exit_code_of("") == 2);
  CHECK(exit_code_of(kSmall + "'" + kFolder + "nowhere.txt' 2025-03-31 1") == 5);
  CHECK(exit_code_of("'" + kFolder + "nowhere.textproto' /dev/null 2025-03-31 1") == 3);
  CHECK(exit_code_of(kSmall + "/dev/null 2025-03-31 1") == 5);  // No regular file.
}

TEST_CASE("fit_main: an argument that is none is named, with its reason", "[history]") {
  const auto said = [](const std::string& arguments) {
    const Answer answer = answer_to(kSmall + arguments);
    CHECK(answer.exit_code == 2);
    CHECK(answer.said.find("\n  help: ") != std::string::npos);
    return answer.said.substr(0, answer.said.find('\n'));
  };
  CHECK(said("/dev/null soon 1") ==
        "chokepoint_fit: error: ORIGIN: 'soon' is not a day, YYYY-MM-DD");
  CHECK(said("/dev/null 1000-01-01 1") ==
        "chokepoint_fit: error: ORIGIN: '1000-01-01' is outside the years 2000 to 2100");
  CHECK(
      said("/dev/null 2001-01-01 1") ==
      "chokepoint_fit: error: ORIGIN: from 2001-01-01 nothing can be forecast: 2 months later the "
      "scenario has not begun");
  for (const std::string runs : {"-4", "''", "1e9", "1000001", "0x10", "many"}) {
    CHECK(said("/dev/null 2025-03-31 " + runs).find("chokepoint_fit: error: RUNS: '") == 0);
  }
}

TEST_CASE("fit_main: a list of paths has a bound, and nothing of it steers a terminal",
          "[history]") {
  const called::Folder scratch;
  const std::string file = (scratch.path() / "paths").string();
  for (int i = 0; i < 201; ++i) std::ofstream(file, std::ios::app) << "choice.sensitivity\n";
  Answer answer = answer_to(kSmall + "'" + file + "' 2025-03-31 1");
  CHECK(answer.exit_code == 5);
  CHECK(answer.said.find(": more than 200 paths\n  help: ") != std::string::npos);
  std::ofstream(file) << "a\x1b[2Jb\n";
  answer = answer_to(kSmall + "'" + file + "' 2025-03-31 1");
  CHECK(answer.exit_code == 5);
  CHECK(answer.said == "chokepoint_fit: error: a?[2Jb names no figure with a range\n");
  std::filesystem::resize_file(file, std::uintmax_t{1} << 33U);
  answer = answer_to(kSmall + "'" + file + "' 2025-03-31 1");
  CHECK(answer.said.find(": is larger than 1 MiB\n") != std::string::npos);
}

TEST_CASE("fit_main: nothing to look for is a fit, and a full disk is none", "[history]") {
  const called::Folder scratch;
  const std::string empty = "'" + (scratch.path() / "empty.txt").string() + "' ";
  std::ofstream(scratch.path() / "empty.txt").close();
  CHECK(exit_code_of(kSmall + empty + "2025-03-31 0") == 0);
  const std::string path = "'" + (scratch.path() / "path.txt").string() + "' ";
  std::ofstream(scratch.path() / "path.txt") << "devices[west_gpu].price_usd\n";
  const Answer full = answer_to(kSmall + path + "2025-03-31 0", "/dev/full");
  CHECK(full.exit_code == 5);
  CHECK(full.said ==
        "chokepoint_fit: error: cannot write to standard output: No space left on device\n");
}

}  // namespace
}  // namespace chokepoint
