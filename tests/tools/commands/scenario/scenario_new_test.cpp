#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <string>

#include "tests/tools/called_program.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;
using called::Folder;

void write_for_new(const Folder& folder, const std::string& name, const std::string& text) {
  std::ofstream(folder.path() / name) << text;
}

TEST_CASE("scenario new: what it writes is right and runs", "[scenario]") {
  const Folder folder;
  const auto written = called::chokepoint("scenario new 'my idea.textproto'", folder);
  REQUIRE(written.exit_code == 0);
  CHECK(written.out == "my idea.textproto\n");
  const auto check = called::chokepoint("scenario check 'my idea.textproto'", folder);
  INFO(check.err);
  CHECK(check.exit_code == 0);
  const auto run =
      called::chokepoint("run 'my idea.textproto' --until 2025-02-01 -q -o out", folder);
  INFO(run.err);
  CHECK(run.exit_code == 0);
  CHECK(run.out.find("my_idea") != std::string::npos);
}

TEST_CASE("scenario new: without a file it writes to stdout", "[scenario]") {
  const Folder folder;
  const auto written = called::chokepoint("scenario new", folder);
  REQUIRE(written.exit_code == 0);
  write_for_new(folder, "idea.textproto", written.out);
  CHECK(called::chokepoint("scenario check idea.textproto", folder).exit_code == 0);
}

TEST_CASE("scenario new: a cluster has a name, and is right where it was written", "[scenario]") {
  const Folder folder;
  const auto unnamed = called::chokepoint("scenario new --cluster ''", folder);
  CHECK(unnamed.exit_code == 2);
  CHECK(unnamed.err.find("the cluster has no name") != std::string::npos);
  CHECK(unnamed.err.find("hgx_h") != std::string::npos);
  std::filesystem::create_directories(folder.path() / "below/there");
  for (const std::string name : {"hgx_h20", "mixed_h20_910c", "my_pod"}) {
    const std::string file = "below/there/" + name + ".textproto";
    REQUIRE(
        called::chokepoint("scenario new --cluster " + name + " -o " + file, folder).exit_code ==
        0);
    const auto check = called::chokepoint("scenario check " + file, folder);
    INFO(check.err);
    CHECK(check.exit_code == 0);
    CHECK(check.out.find(": ok (") != std::string::npos);
  }
}

TEST_CASE("scenario new: nothing is overwritten", "[scenario]") {
  const Folder folder;
  write_for_new(folder, "a.textproto", "mine\n");
  const auto refused = called::chokepoint("scenario new a.textproto", folder);
  CHECK(refused.exit_code == 5);
  CHECK(refused.err.find("a.textproto exists already") != std::string::npos);
  CHECK(called::bytes_of(folder.path() / "a.textproto") == "mine\n");
}

TEST_CASE("scenario new: a patch of a shipped scenario by its name, which runs", "[scenario]") {
  const Folder folder;
  for (const std::string how : {"--base h20_2025", "--rule", "--rule --base h20_2025"}) {
    INFO(how);
    REQUIRE(called::chokepoint("scenario new mine.textproto " + how, folder).exit_code == 0);
    const auto checked = called::chokepoint("scenario check mine.textproto --strict", folder);
    INFO(checked.err);
    CHECK(checked.exit_code == 0);
    fs::remove(folder.path() / "mine.textproto");
  }
  REQUIRE(called::chokepoint("scenario new mine.textproto --base h20_2025", folder).exit_code == 0);
  CHECK(called::chokepoint("run mine.textproto -q --until 2025-03-01", folder).exit_code == 0);
  const auto near = called::chokepoint("scenario new --base h20_2052", folder);
  CHECK(near.exit_code == 3);
  CHECK(near.err.find("did you mean 'h20_2025'?") != std::string::npos);
}

}  // namespace
}  // namespace chokepoint
