#include <catch2/catch.hpp>

#include "tests/tools/estimate/own_runs.hpp"

namespace chokepoint {
namespace {

TEST_CASE("own serving text: says what moved, how well, and what to be wary of",
          "[estimate][fit]") {
  Diagnostics found;
  auto runs = own_runs("nv_h20_96", slower);
  runs[0].weights = Bytes{1e9};
  const auto own = fit_own_serving(runs, shipped_serving(), found);
  const std::string text = own_serving_text(own, false);
  INFO(text);
  for (const char* words :
       {"vllm: 4 runs", "usable_memory", "well", "stay prior", "TPOT", "left out",
        "tokens of cache", "GiB of weights", "only 4 runs", "weights differ"}) {
    CHECK(text.find(words) != std::string::npos);
  }
  CHECK(text.find("grouped_gemm") == std::string::npos);
  CHECK(own_serving_text(own, true).find("grouped_gemm") != std::string::npos);
}

}  // namespace
}  // namespace chokepoint
