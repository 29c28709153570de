#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <string>

#include "tests/tools/called_program.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;
using called::Folder;

void write(const Folder& folder, const std::string& name, const std::string& text) {
  std::ofstream(folder.path() / name) << text;
}

TEST_CASE("scenario check: a right file is one line that counts", "[scenario]") {
  const Folder folder;
  const auto check = called::chokepoint("scenario check h20_2025", folder);
  INFO(check.err);
  CHECK(check.exit_code == 0);
  CHECK(check.err.empty());
  CHECK(check.out.find("h20_2025.textproto: ok (") != std::string::npos);
  CHECK(check.out.find(" devices, ") != std::string::npos);
  CHECK(std::count(check.out.begin(), check.out.end(), '\n') == 1);
}

TEST_CASE("scenario check: a catalogue needs no question and no period", "[scenario]") {
  const Folder folder;
  const auto check = called::chokepoint("scenario check catalog/catalog", folder);
  INFO(check.err);
  CHECK(check.exit_code == 0);
}

TEST_CASE("scenario check: a wrong file is exit 3 and says nothing on stdout", "[scenario]") {
  const Folder folder;
  write(folder, "bad.textproto", "name: \"bad\"\nsed: 4\n");
  const auto check = called::chokepoint("scenario check bad.textproto", folder);
  CHECK(check.exit_code == 3);
  CHECK(check.out.empty());
  CHECK(check.err.rfind("bad.textproto:2:1: error: scenario has no field 'sed'\n", 0) == 0);
}

TEST_CASE("scenario explain: columns line up under their element", "[scenario]") {
  const Folder folder;
  write(folder, "a.textproto",
        "seed: 4\n"
        "orders { name: \"o\" price_usd { value: 5 source: \"s\" confidence: MEMORY } }\n"
        "orders { name: \"p\" transit_days: 7 }\n");
  CHECK(called::chokepoint("scenario explain a.textproto", folder).out ==
        "seed            4               a.textproto:1\n"
        "orders[o]\n"
        "  name          \"o\"             a.textproto:2\n"
        "  price_usd     5    MEMORY  s  a.textproto:2\n"
        "orders[p]\n"
        "  name          \"p\"             a.textproto:3\n"
        "  transit_days  7               a.textproto:3\n");
  CHECK(called::chokepoint("scenario explain a.textproto --only 'orders[p]' --set seed=5", folder)
            .out ==
        "orders[p]\n"
        "  name          \"p\"  a.textproto:3\n"
        "  transit_days  7    a.textproto:3\n");
  CHECK(called::chokepoint("scenario explain a.textproto --uncertain", folder).out ==
        "orders[o]\n"
        "  price_usd  5  MEMORY  s  a.textproto:2\n");
}

TEST_CASE("scenario explain: what differs from the base", "[scenario]") {
  const Folder folder;
  write(folder, "a.textproto", "name: \"a\" seed: 4 orgs { name: \"o\" }\n");
  write(folder, "b.textproto",
        "base: \"a.textproto\"\n"
        "remove { kind: \"org\" name: \"o\" }\n"
        "links { name: \"l\" }\n");
  CHECK(called::chokepoint("scenario explain b.textproto --changes --set seed=5", folder).out ==
        "changed  seed      5          --set          was 4\n"
        "removed  orgs[o]              b.textproto:2  was name: \"o\"\n"
        "added    links[l]  name: \"l\"  b.textproto:3\n");
  CHECK(called::chokepoint("scenario explain b.textproto --only seed --set seed=5", folder).out ==
        "seed  5  --set  was 4\n");
}

TEST_CASE("scenario explain: a path where nothing lies is exit 2", "[scenario]") {
  const Folder folder;
  write(folder, "a.textproto", "seed: 4\n");
  const auto explain = called::chokepoint("scenario explain a.textproto --only sites", folder);
  CHECK(explain.exit_code == 2);
  CHECK(explain.out.empty());
  CHECK(explain.err == "chokepoint: error: nothing to show in 'sites'\n");
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
  write(folder, "idea.textproto", written.out);
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
  write(folder, "a.textproto", "mine\n");
  const auto refused = called::chokepoint("scenario new a.textproto", folder);
  CHECK(refused.exit_code == 5);
  CHECK(refused.err.find("a.textproto exists already") != std::string::npos);
  CHECK(called::bytes_of(folder.path() / "a.textproto") == "mine\n");
}

}  // namespace
}  // namespace chokepoint
