#include "tools/print/growing_file.hpp"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace chokepoint {
namespace {

namespace fs = std::filesystem;

class ScratchFile {
public:
  ScratchFile() : path_(fs::temp_directory_path() / ("growing-" + std::to_string(getpid()))) {
    fs::remove(path_);
  }
  ~ScratchFile() { fs::remove(path_); }
  const fs::path& path() const { return path_; }
  std::string text() const {
    std::ifstream in(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

private:
  fs::path path_;
};

TEST_CASE("growing file: what was written in parts is the whole", "[print]") {
  const ScratchFile scratch;
  std::string all;
  GrowingFile file(scratch.path());
  for (int i = 0; i < 50'000; ++i) {
    const std::string line = std::to_string(i) + "\n";
    file.write(line);
    all += line;
  }
  file.close();
  CHECK(scratch.text() == all);
  CHECK(file.bytes() == all.size());
  CHECK(file.fingerprint() == fingerprint(all));
}

TEST_CASE("growing file: without an end nothing is left, and nothing is written over", "[print]") {
  const ScratchFile scratch;
  { GrowingFile(scratch.path()).write("half"); }
  CHECK_FALSE(fs::exists(scratch.path()));
  std::ofstream(scratch.path()) << "mine";
  CHECK_THROWS_AS(GrowingFile(scratch.path()), std::runtime_error);
  CHECK(scratch.text() == "mine");
  fs::remove(scratch.path());
  fs::create_symlink("/nowhere", scratch.path());
  CHECK_THROWS_AS(GrowingFile(scratch.path()), std::runtime_error);
}

TEST_CASE("growing file: where there is no folder there is no file", "[print]") {
  CHECK_THROWS_AS(GrowingFile("/proc/none/here"), std::runtime_error);
}

}  // namespace
}  // namespace chokepoint
