#include "tools/print/whole_file.hpp"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

namespace chokepoint {
namespace {

namespace fs = std::filesystem;

struct Folder {
  fs::path path = fs::temp_directory_path() / ("chokepoint-whole-" + std::to_string(getpid()));
  Folder() { fs::create_directories(path); }
  ~Folder() { fs::remove_all(path); }
};

std::string text_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST_CASE("whole_file: the text replaces what was there and nothing else is left",
          "[report][file]") {
  const Folder folder;
  write_whole(folder.path / "a.csv", "a much longer text\n");
  write_whole(folder.path / "a.csv", "short\n");
  CHECK(text_of(folder.path / "a.csv") == "short\n");
  CHECK(std::distance(fs::directory_iterator(folder.path), {}) == 1);
}

TEST_CASE("whole_file: what cannot be written is named and leaves nothing", "[report][file]") {
  const Folder folder;
  fs::create_directories(folder.path / "taken" / "inside");
  CHECK_THROWS_WITH(write_whole(folder.path / "taken", "x"),
                    Catch::StartsWith("cannot write " + (folder.path / "taken").string() + ": "));
  CHECK_FALSE(fs::exists(folder.path / "taken.partial"));
  CHECK_THROWS_AS(write_whole(folder.path / "none" / "a.csv", "x"), std::runtime_error);
}

TEST_CASE("whole_file: a folder below a file cannot be made", "[report][file]") {
  const Folder folder;
  write_whole(folder.path / "file", "x");
  CHECK_THROWS_WITH(make_folder(folder.path / "file" / "below"),
                    Catch::StartsWith("cannot make folder "));
  CHECK_NOTHROW(make_folder(folder.path / "a" / "b"));
  CHECK(fs::is_directory(folder.path / "a" / "b"));
}

}  // namespace
}  // namespace chokepoint
