#include "tests/tools/called_program.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "tests/paths.hpp"

namespace chokepoint::called {

namespace fs = std::filesystem;

Folder::Folder() {
  std::string pattern = (fs::temp_directory_path() / "chokepoint-test-XXXXXX").string();
  REQUIRE(mkdtemp(pattern.data()) != nullptr);
  path_ = pattern;
}

Folder::~Folder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::string bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

Result chokepoint(const std::string& arguments, const Folder& folder, const std::string& setup) {
  const fs::path out = folder.path() / "called.out";
  const fs::path err = folder.path() / "called.err";
  const std::string command = "cd '" + folder.path().string() + "' || exit 99; " + setup + "; { '" +
                              program_path() + "' " + arguments + "; } >'" + out.string() +
                              "' 2>'" + err.string() + "'";
  const int status = std::system(command.c_str());
  const int exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return {exit_code, bytes_of(out), bytes_of(err)};
}

}  // namespace chokepoint::called
