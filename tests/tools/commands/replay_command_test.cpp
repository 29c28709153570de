#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <string>

#include "tests/tools/called_program.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;
using called::Folder;

TEST_CASE("replay run: a trace is its own proof, without the scenario's files", "[replay]") {
  const Folder folder, elsewhere;
  REQUIRE(called::chokepoint("run h20_2025 -q --until 2025-07-01 --seed 3 --trace-level job -o a",
                             folder)
              .exit_code == 0);
  const std::string trace = (folder.path() / "a" / "trace.pftrace").string();
  const auto replayed = called::chokepoint("replay run " + trace, elsewhere);
  INFO(replayed.err);
  CHECK(replayed.exit_code == 0);
  CHECK(replayed.out.find(" facts match\n") != std::string::npos);
  CHECK(replayed.out.rfind("0 facts", 0) != 0);
}

TEST_CASE("replay run: a trace that was cut off matches up to there, and says so", "[replay]") {
  const Folder folder;
  REQUIRE(called::chokepoint("run h20_2025 -q --until 2025-07-01 -o a", folder).exit_code == 0);
  const fs::path trace = folder.path() / "a" / "trace.pftrace";
  fs::resize_file(trace, fs::file_size(trace) - 100);
  const auto replayed = called::chokepoint("replay run a/trace.pftrace", folder);
  CHECK(replayed.exit_code == 1);
  CHECK(replayed.out.find("stops after") != std::string::npos);
}

TEST_CASE("replay run: one letter of difference is found and shown", "[replay]") {
  const Folder folder;
  REQUIRE(called::chokepoint("run h20_2025 -q --until 2025-07-01 -o a", folder).exit_code == 0);
  // One letter in the last fact that names an order.
  const fs::path trace = folder.path() / "a" / "trace.pftrace";
  std::string bytes = called::bytes_of(trace);
  const auto at = bytes.rfind("h20_bytedance");
  REQUIRE(at != std::string::npos);
  bytes[at] = 'x';
  std::ofstream(trace, std::ios::binary) << bytes;
  const auto replayed = called::chokepoint("replay run a/trace.pftrace", folder);
  CHECK(replayed.exit_code == 1);
  CHECK(replayed.out.find("differs") != std::string::npos);
  CHECK(replayed.out.find("recorded  20") != std::string::npos);
}

TEST_CASE("replay run: what is no trace is exit 5 and is named", "[replay]") {
  const Folder folder;
  const auto replayed = called::chokepoint("replay run nothing_here", folder);
  CHECK(replayed.exit_code == 5);
  CHECK(replayed.err.find("nothing_here") != std::string::npos);
}

}  // namespace
}  // namespace chokepoint
