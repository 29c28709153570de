#include "tools/console/command_line.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "tests/tools/called_program.hpp"

namespace chokepoint {
namespace {

std::string read_back(const std::string& words, const called::Folder& folder) {
  const auto file = folder.path() / "said";
  REQUIRE(std::system(("printf '%s,' " + words + " > " + shell_word(file.string())).c_str()) == 0);
  return called::bytes_of(file);
}

TEST_CASE("law: a shell reads a word back as it was", "[console][law]") {
  const called::Folder folder;
  for (const std::string word : {"a b", "it's", "$HOME `id` \\ \"q\" *", "", "a\nb"}) {
    INFO(word);
    CHECK(read_back(shell_word(word), folder) == word + ",");
  }
}

TEST_CASE("command line: a run's call reads back as it was typed", "[console]") {
  v1::RunRecord record;
  CHECK(command_that_made(record).empty());
  for (const std::string word : {"run", "history", "--set", "end=\"2022-01-01\"", ""}) {
    record.add_arguments(word);
  }
  CHECK(command_that_made(record) == "chokepoint run history --set 'end=\"2022-01-01\"' ''");
  const called::Folder folder;
  CHECK(read_back(command_that_made(record), folder) ==
        "chokepoint,run,history,--set,end=\"2022-01-01\",,");
}

TEST_CASE("command line: what this program was called with is known", "[console]") {
  std::ifstream in("/proc/self/cmdline", std::ios::binary);
  const std::string all{std::istreambuf_iterator<char>(in), {}};
  const auto words = typed_arguments();
  CHECK(words.size() + 1 == static_cast<std::size_t>(std::ranges::count(all, '\0')));
}

TEST_CASE("command line: a run says how it was made", "[console]") {
  const called::Folder folder;
  REQUIRE(called::chokepoint("run h20_2025 --until 2025-02-01 -o 'a b' -q", folder).exit_code == 0);
  const std::string record = called::bytes_of(folder.path() / "a b" / "run.json");
  CHECK(record.find("\"h20_2025\"") != std::string::npos);
  CHECK(record.find("\"a b\"") != std::string::npos);
}

}  // namespace
}  // namespace chokepoint
