#include "tools/estimate/own_serving.hpp"

#include <catch2/catch.hpp>

#include "tests/tools/estimate/own_runs.hpp"

namespace chokepoint {
namespace {

TEST_CASE("own serving: the program of a stack with an engine changes", "[estimate][fit]") {
  Diagnostics found;
  const auto own = fit_own_serving(own_runs("nv_h20_96", slower), shipped_serving(), found);
  REQUIRE_FALSE(found.has_errors());
  REQUIRE(own.engines.size() == 1);
  CHECK(own.engines[0].name == "vllm");
  CHECK(own.engines[0].started == "vllm");
  CHECK_FALSE(own.engines[0].is_new);
  CHECK(is_anything_identified(own));
}

TEST_CASE("own serving: a stack that nobody measured gets an engine of its own",
          "[estimate][fit]") {
  Diagnostics found;
  const auto own = fit_own_serving(own_runs("mt_s5000", slower), shipped_serving(), found);
  REQUIRE(own.engines.size() == 1);
  CHECK(own.engines[0].name == "vllm_musa");
  CHECK(own.engines[0].started == "threads_prior");
  CHECK(own.engines[0].is_new);
}

TEST_CASE("own serving: vLLM on a stack with an engine of its own is that engine",
          "[estimate][fit]") {
  Diagnostics found;
  const auto own = fit_own_serving(own_runs("hw_ascend_910b2", slower), shipped_serving(), found);
  REQUIRE(own.engines.size() == 1);
  CHECK(own.engines[0].name == "vllm_ascend");
  CHECK_FALSE(own.engines[0].is_new);
}

TEST_CASE("own serving: runs that say nothing are left out, unless all are", "[estimate][fit]") {
  auto runs = own_runs("nv_h20_96", slower);
  runs[1].experiment.model = "Qwen3-8b";
  Diagnostics some;
  const auto own = fit_own_serving(runs, shipped_serving(), some);
  CHECK_FALSE(some.has_errors());
  CHECK(own.engines[0].cases.size() == 3);
  REQUIRE(some.items().size() == 1);
  CHECK(some.items()[0].help.find("did you mean 'Qwen3-8B'?") != std::string::npos);
  for (auto& run : runs) run.experiment.device = "nowhere";
  Diagnostics all;
  CHECK(fit_own_serving(runs, shipped_serving(), all).engines.empty());
  CHECK(all.errors() == runs.size());
}

}  // namespace
}  // namespace chokepoint
