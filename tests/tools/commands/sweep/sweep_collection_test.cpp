#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/tools/called_program.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;

TEST_CASE("sweep collection: a Saltelli design tells what inputs explain, and draws are a database",
          "[sweep]") {
  const called::Folder folder;
  const auto call = [&](const std::string& arguments) {
    return called::chokepoint("sweep " + arguments + " -q", folder);
  };
  REQUIRE(call("plan history --until 2021-03-01 --draws 80 --saltelli choice --saltelli "
               "supply_stages -o s")
              .exit_code == 0);
  REQUIRE(call("run s").exit_code == 0);
  const auto collected = call("collect s --show 'delivered mainland/nvidia@2021' --sqlite");
  INFO(collected.out << collected.err);
  CHECK(collected.exit_code == 0);
  CHECK(collected.out.find("with others") != std::string::npos);
  CHECK(collected.out.find("supply_stages") != std::string::npos);
  CHECK(collected.out.find("all other inputs") != std::string::npos);
  CHECK(called::bytes_of(folder.path() / "s" / "indices.csv").rfind("point,input,alone_share", 0) ==
        0);
  CHECK(fs::file_size(folder.path() / "s" / "sweep.sqlite") > 10'000);
  const auto wrong = call("plan history --draws 80 --saltelli chioce -o t");
  CHECK(wrong.exit_code == 3);
  CHECK(wrong.err.find("no draw moves 'chioce'") != std::string::npos);
}

}  // namespace
}  // namespace chokepoint
