// House rules that can be read off file names and lengths.

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "tests/tidy/source_tree.hpp"

namespace chokepoint::tidy {
namespace {

namespace fs = std::filesystem;

// These only name the commands; each of them is tested.
const std::set<std::string> kNoTestOfItsOwn = {"tools/main.cpp", "tools/simulate_main.cpp",
                                               "tools/commands/run_program.cpp"};

TEST_CASE("tidy: every source has its test file", "[tidy]") {
  for (const std::string folder : {"models", "sim", "tools"}) {
    for (const auto& file : files_below(folder, {".cpp"})) {
      if (kNoTestOfItsOwn.count(file) > 0) continue;
      const std::string test = "tests/" + file.substr(0, file.size() - 4) + "_test.cpp";
      if (!fs::exists(root() / test)) FAIL_CHECK(file << " has no " << test);
    }
  }
}

TEST_CASE("tidy: every test file is built", "[tidy]") {
  for (const auto& file : files_below("tests", {".cpp"})) {
    const fs::path path = root() / file;
    bool named = false;
    for (fs::path folder = path.parent_path(); !named && folder != root();
         folder = folder.parent_path()) {
      const auto list = fs::relative(folder / "CMakeLists.txt", root()).string();
      const std::string as_written = fs::relative(path, folder).string();
      for (const auto& line : lines_of(list)) {
        named = named || line.find(as_written) != std::string::npos;
      }
    }
    if (!named) FAIL_CHECK(file << " is in no CMakeLists.txt");
  }
}

TEST_CASE("tidy: no source is longer than 400 lines", "[tidy]") {
  for (const std::string folder : {"models", "sim", "tools", "tests"}) {
    for (const auto& file : files_below(folder, {".hpp", ".cpp"})) {
      const auto lines = lines_of(file);
      if (lines.size() > 400) FAIL_CHECK(file << " has " << lines.size() << " lines");
    }
  }
}

// A call whose answer nobody takes passes whatever it finds.
TEST_CASE("tidy: what is found of random cases decides a test", "[tidy]") {
  for (const auto& file : files_below("tests", {".hpp", ".cpp"})) {
    int number = 0;
    for (const auto& line : lines_of(file)) {
      ++number;
      const auto first = line.find_first_not_of(' ');
      const bool is_bare = first != std::string::npos && line.compare(first, 10, "rc::check(") == 0;
      if (is_bare) FAIL_CHECK(file << ":" << number << ": write CHECK(rc::check(...))");
    }
  }
}

TEST_CASE("tidy: folders are chapters of the domain", "[tidy]") {
  const std::set<std::string> banned = {"utils", "util", "common", "helpers", "base", "misc"};
  for (const std::string folder : {"models", "sim", "tools", "proto", "tests"}) {
    for (const auto& entry : fs::recursive_directory_iterator(root() / folder)) {
      if (entry.is_directory() && banned.count(entry.path().filename().string()) > 0) {
        FAIL_CHECK(entry.path().string() << " says nothing about the domain");
      }
    }
  }
}

TEST_CASE("tidy: the top level holds what the card lists", "[tidy]") {
  const std::set<std::string> allowed = {"CMakeLists.txt",
                                         "CMakePresets.json",
                                         "CITATION.cff",
                                         "LICENSE",
                                         "README.md",
                                         "models",
                                         "proto",
                                         "scenarios",
                                         "sim",
                                         "tests",
                                         "tools",
                                         "build",
                                         "runs"};  // The last two are made here and ignored by git.
  for (const auto& entry : fs::directory_iterator(root())) {
    const std::string name = entry.path().filename().string();
    if (name[0] != '.' && allowed.count(name) == 0) FAIL_CHECK(name << " is not in the card");
  }
}

TEST_CASE("tidy: the README is a page and a half", "[tidy]") {
  CHECK(lines_of("README.md").size() <= 150);
}

}  // namespace
}  // namespace chokepoint::tidy
