// Reports, word for word: NAME.expect holds commands ("$ chokepoint ...") and what they print on
// stdout, together. Goldens hold reports, not logs; fingerprints.csv catches what reports round
// off.

#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "tests/paths.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;

const fs::path kFolder = fs::path(source_dir()) / "tests/golden";

std::string text_of(const fs::path& file) {
  std::ifstream in(file);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

/// stdout of `command` run in `folder`, where "chokepoint" is the program under test.
std::string output_of(const std::string& command, const fs::path& folder) {
  const std::string line = "cd '" + folder.string() + "' && PATH='" +
                           fs::path(program_path()).parent_path().string() + "':\"$PATH\" && " +
                           command + " 2>/dev/null";
  std::string output;
  FILE* pipe = ::popen(line.c_str(), "r");
  REQUIRE(pipe != nullptr);
  char buffer[4096];
  for (std::size_t n = 0; (n = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) {
    output.append(buffer, n);
  }
  ::pclose(pipe);
  return output;
}

/// The commands of `expected`, each followed by what it prints now.
std::string replayed(const std::string& expected, const fs::path& folder) {
  std::istringstream lines(expected);
  std::string now;
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("# ", 0) == 0) now += line + "\n";
    if (line.rfind("$ ", 0) == 0) now += line + "\n" + output_of(line.substr(2), folder);
  }
  return now;
}

TEST_CASE("golden: reports read as they did", "[golden][report]") {
  const fs::path folder =
      fs::temp_directory_path() / ("chokepoint-reports-" + std::to_string(::getpid()));
  fs::create_directories(folder);
  fs::create_directory_symlink(fs::path(source_dir()) / "scenarios", folder / "scenarios");
  for (const auto& entry : fs::directory_iterator(kFolder)) {
    if (entry.path().extension() != ".expect") continue;
    const std::string expected = text_of(entry.path());
    const std::string now = replayed(expected, folder);
    if (std::getenv("CHOKEPOINT_UPDATE_GOLDENS") != nullptr) {
      std::ofstream(entry.path()) << now;
      continue;
    }
    INFO(entry.path().filename().string());
    CHECK(now == expected);
  }
  fs::remove_all(folder);
}

}  // namespace
}  // namespace chokepoint
