// Every NAME.expect of this folder holds a command, the exit code and the whole answer of the
// program, both streams together. A command runs in this folder; $TMP is an empty one.

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "tests/paths.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;

const fs::path kFolder = fs::path(source_dir()) / "tests/bad";

struct Expectation {
  std::string command;  ///< As it is written behind "$ ".
  std::string answer;   ///< "exit N" and what the program printed.
};

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<fs::path> files_with(const std::string& extension) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(kFolder)) {
    if (entry.path().extension() == extension) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

Expectation read_expectation(const fs::path& file) {
  const std::string text = text_of(file);
  const auto end = std::min(text.find('\n'), text.size());
  REQUIRE(text.substr(0, 2) == "$ ");
  return {text.substr(2, end - 2), text.substr(std::min(end + 1, text.size()))};
}

std::string with_all_replaced(std::string text, const std::string& from, const std::string& to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

/// Runs the command by the shell; the program is found as "chokepoint".
std::string answer_to(const std::string& command) {
  std::string pattern = (fs::temp_directory_path() / "chokepoint-bad-XXXXXX").string();
  REQUIRE(mkdtemp(pattern.data()) != nullptr);
  const fs::path scratch = pattern;
  const fs::path printed = scratch.string() + ".printed";
  const std::string line = "cd '" + kFolder.string() + "' && PATH=\"" +
                           fs::path(program_path()).parent_path().string() +
                           ":$PATH\" && export NO_COLOR=1 TMP='" + scratch.string() + "' && { " +
                           command + "; } > '" + printed.string() + "' 2>&1";
  const int status = std::system(line.c_str());
  const int exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  const std::string out = with_all_replaced(text_of(printed), scratch.string(), "$TMP");
  fs::remove_all(scratch);
  fs::remove(printed);
  return "exit " + std::to_string(exit_code) + "\n" + out;
}

// Of all files every fourth: each part takes as long as a test may under sanitizers.
void check_answers(std::size_t part) {
  const bool update = std::getenv("CHOKEPOINT_UPDATE_EXPECT") != nullptr;
  const auto files = files_with(".expect");
  CHECK(files.size() >= 50);
  constexpr std::size_t kParts = 4;
  for (std::size_t i = part; i < files.size(); i += kParts) {
    const auto expected = read_expectation(files[i]);
    const std::string answer = answer_to(expected.command);
    if (update) {
      std::ofstream(files[i], std::ios::binary) << "$ " << expected.command << "\n" << answer;
    } else {
      INFO(files[i].filename().string());
      CHECK(answer == expected.answer);
    }
  }
}

TEST_CASE("bad: every broken input is answered with the text that its file holds, 1 of 4",
          "[bad]") {
  check_answers(0);
}
TEST_CASE("bad: every broken input is answered with the text that its file holds, 2 of 4",
          "[bad]") {
  check_answers(1);
}
TEST_CASE("bad: every broken input is answered with the text that its file holds, 3 of 4",
          "[bad]") {
  check_answers(2);
}
TEST_CASE("bad: every broken input is answered with the text that its file holds, 4 of 4",
          "[bad]") {
  check_answers(3);
}

TEST_CASE("bad: every broken input is answered with a code of its kind", "[bad]") {
  const std::set<std::string> codes = {"exit 1", "exit 2", "exit 3", "exit 5"};
  for (const auto& file : files_with(".expect")) {
    const auto expected = read_expectation(file);
    INFO(file.filename().string());
    CHECK(codes.count(expected.answer.substr(0, expected.answer.find('\n'))) == 1);
    const bool is_finding = expected.answer.substr(0, 6) == "exit 1";  // Not an error.
    CHECK((is_finding || expected.answer.find("error: ") != std::string::npos));
  }
}

TEST_CASE("bad: no broken input lies here without being tried", "[bad]") {
  std::string texts;
  for (const auto& file : files_with(".expect")) texts += text_of(file);
  for (const auto& file : files_with(".textproto")) {
    INFO(file.filename().string());
    CHECK(texts.find(file.filename().string()) != std::string::npos);
  }
}

}  // namespace
}  // namespace chokepoint
