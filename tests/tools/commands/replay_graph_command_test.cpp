#include <catch2/catch.hpp>
#include <fstream>

#include "tests/sim/graph/small_chakra.hpp"
#include "tests/tools/called_program.hpp"

namespace chokepoint {
namespace {

TEST_CASE("replay graph: a trace on a cluster, for people, for programs and as a table",
          "[replay][graph]") {
  const called::Folder folder;
  std::ofstream(folder.path() / "a.0.et", std::ios::binary)
      << chakra_bytes("1.0", {compute_node(0, 1'000'000'000'000, 0),
                              collective_node(1, chakra::ALL_REDUCE, 1'000'000, {0})});
  const auto text = called::chokepoint("replay graph a.0.et --on hgx_h100 -o all.csv", folder);
  INFO(text.err);
  CHECK(text.exit_code == 0);
  CHECK(text.out.find("2 operators of 1 of 16 ranks: a step of ") == 0);
  CHECK(called::bytes_of(folder.path() / "all.csv").find("\n0,1,exchange 1,collective,") !=
        std::string::npos);
  const auto json = called::chokepoint("replay graph a.0.et --on hgx_h100 --json", folder);
  CHECK(json.out.find("{\n  \"schema\": \"chokepoint.replay.graph/1\",") == 0);
}

TEST_CASE("replay graph: what is no trace, or no cluster, is told", "[replay][graph]") {
  const called::Folder folder;
  std::ofstream(folder.path() / "kineto.json") << "{\"traceEvents\": []}\n";
  const auto wrong = called::chokepoint("replay graph kineto.json --on hgx_h100", folder);
  CHECK(wrong.exit_code == 3);
  CHECK(wrong.out.empty());
  CHECK(wrong.err.find("kineto.json:1: error: message 1, at byte 0, is cut off") !=
        std::string::npos);
  CHECK(called::chokepoint("replay graph kineto.json --on hgx_h1OO", folder).exit_code == 3);
  CHECK(called::chokepoint("replay graph kineto.json", folder).exit_code == 2);
}

}  // namespace
}  // namespace chokepoint
