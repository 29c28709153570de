#include <catch2/catch.hpp>
#include <string>

#include "tests/tools/called_program.hpp"

namespace chokepoint {
namespace {

using called::Folder;

const std::string kQuestion = "estimate serving --model Qwen3-8B --device nv_h20_96 --devices 8 ";

TEST_CASE("serving options: what is out of range is refused with its name", "[estimate]") {
  const Folder folder;
  for (const std::string option : {"--tp 0", "--pp 0", "--dp 0", "--isl 0", "--osl 0", "--pue 0.5",
                                   "--usd-per-kwh -1", "--life-years 0", "--device-usd 0"}) {
    INFO(option);
    const auto said = called::chokepoint(kQuestion + option, folder);
    CHECK(said.exit_code == 2);
    CHECK(said.err.find(option.substr(0, option.find(' '))) != std::string::npos);
  }
}

TEST_CASE("serving options: each changes the answer", "[estimate]") {
  const Folder folder;
  const auto plain = called::chokepoint(kQuestion, folder);
  REQUIRE(plain.exit_code == 0);
  for (const char* option : {"--engine trtllm", "--research", "--precision fp8", "--kv fp8",
                             "--tp 2", "--pp 2", "--isl 4000", "--osl 100", "--pue 2",
                             "--usd-per-kwh 1", "--life-years 1", "--device-usd 100"}) {
    INFO(option);
    const auto said = called::chokepoint(kQuestion + option, folder);
    CHECK(said.exit_code == 0);
    CHECK(said.out != plain.out);
  }
}

}  // namespace
}  // namespace chokepoint
