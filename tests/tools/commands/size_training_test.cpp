#include <catch2/catch.hpp>

#include "tests/tools/called_program.hpp"

namespace chokepoint {
namespace {

TEST_CASE("size: a training run, what may not be bought for it, and what a port takes", "[size]") {
  const called::Folder folder;
  const auto text = called::chokepoint(
      "size --model Llama-3.1-8B --tokens 1e12 --days 60 --devices nv_h20_96,hw_ascend_910c "
      "--site CN --on 2025-06-01",
      folder);
  INFO(text.err);
  CHECK(text.exit_code == 0);
  CHECK(text.out.find("Llama-3.1-8B: 1,000 billion tokens within 60 days") == 0);
  CHECK(text.out.find("Left out\n  nv_h20_96: ") != std::string::npos);
  CHECK(text.out.find("cann: ") != std::string::npos);
  CHECK(called::chokepoint("size --model Llama-3.1-8B --tokens 1e12", folder).exit_code == 2);
  CHECK(called::chokepoint("size --model Llama-3.1-8B", folder).exit_code == 2);
  CHECK(called::chokepoint("size --model Llama-3.1-8B --tokens 1e12 --days 60 --isl 5", folder)
            .exit_code == 2);
  CHECK(called::chokepoint(
            "size --model Llama-3.1-405B --tokens 15e12 --days 1 --devices nv_a100_80", folder)
            .exit_code == 6);
}

}  // namespace
}  // namespace chokepoint
