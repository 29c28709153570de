#include "tools/print/whole_file.hpp"

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
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
  CHECK_FALSE(fs::exists(partial_name(folder.path / "taken")));
  CHECK_THROWS_AS(write_whole(folder.path / "none" / "a.csv", "x"), std::runtime_error);
}

TEST_CASE("whole_file: no link is followed, neither of the name nor of the partial one",
          "[report][file]") {
  const Folder folder;
  write_whole(folder.path / "precious", "mine");
  fs::create_symlink(folder.path / "precious", folder.path / "a.csv");
  write_whole(folder.path / "a.csv", "x");
  CHECK(text_of(folder.path / "a.csv") == "x");
  fs::create_symlink(folder.path / "precious", partial_name(folder.path / "b.csv"));
  CHECK_THROWS_WITH(write_whole(folder.path / "b.csv", "x"), Catch::Contains("File exists"));
  CHECK(text_of(folder.path / "precious") == "mine");
}

TEST_CASE("whole_file: a full disk is told and leaves nothing", "[report][file]") {
  const Folder folder;
  std::signal(SIGXFSZ, SIG_IGN);
  const rlimit little = {10, RLIM_INFINITY}, unlimited = {RLIM_INFINITY, RLIM_INFINITY};
  setrlimit(RLIMIT_FSIZE, &little);
  CHECK_THROWS_WITH(write_whole(folder.path / "a.csv", "more than ten bytes"),
                    "cannot write " + (folder.path / "a.csv").string() + ": File too large");
  setrlimit(RLIMIT_FSIZE, &unlimited);
  CHECK(fs::is_empty(folder.path));
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
