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

TEST_CASE("own serving: a program on a stack with kernels of its own does not move it elsewhere",
          "[estimate][fit]") {
  Diagnostics found;
  const auto own =
      fit_own_serving(own_runs("hw_ascend_910b2", slower, "sglang"), shipped_serving(), found);
  REQUIRE(own.engines.size() == 1);
  CHECK(own.engines[0].name == "sglang_cann");
  CHECK(own.engines[0].is_new);
  CHECK_FALSE(own.engines[0].takes_stack);
}

TEST_CASE("own serving: what a program is on a stack is what the catalogue assumes there",
          "[estimate][fit]") {
  const World& world = shipped_serving();
  for (std::uint32_t s = 0; s < world.stacks.size(); ++s) {
    const ServingEngine assumed = engine_for(world.serving_engines, StackId{s});
    INFO(world.stacks[s].name);
    for (const EngineFamily program : {EngineFamily::Vllm, EngineFamily::Sglang}) {
      const bool is_of_program =
          !assumed.is_unmeasured && assumed.name.starts_with(std::string(name(program)));
      CHECK(family_on(world, program, StackId{s}) ==
            (is_of_program ? engine_family(assumed.name) : program));
    }
    CHECK(family_on(world, EngineFamily::VllmAscend, StackId{s}) ==
          family_on(world, EngineFamily::Vllm, StackId{s}));
  }
}

TEST_CASE("own serving: on a stack that nobody measured the program counts", "[estimate][fit]") {
  Diagnostics found;
  const auto own =
      fit_own_serving(own_runs("hw_ascend_950pr", slower, "vllm_ascend"), shipped_serving(), found);
  REQUIRE(own.engines.size() == 1);
  CHECK(own.engines[0].name == "vllm_cann_950");
}

// Latent attention on Ascend runs without whole graphs: a setting that is presumed of vllm_ascend.
TEST_CASE("own serving: presumed settings of runs bend no coefficient", "[estimate][fit]") {
  const ServingCatalog& world = shipped_serving();
  Experiment e;
  e.id = "latent";
  e.device = "hw_ascend_910b2";
  e.model = "DeepSeek-V2-Lite";
  e.precision = "bf16";
  e.mode = "online";
  e.tensor = e.devices = 4;
  e.prompt = e.output = 500;
  e.concurrency = 8;
  e.engine = EngineFamily::VllmAscend;
  const auto known = experiment_case(e, world.measured());
  INFO(known.reason);
  REQUIRE(known.is_known());
  REQUIRE_FALSE(known.plan.has_graphs);
  e.tpot = predicted(known, engine_of(world, known).coefficients).tpot;
  e.engine = EngineFamily::Vllm;  // As its log says.
  Diagnostics found;
  const auto own = fit_own_serving({{e, {"own.json", 1, 1}, {}}}, world, found);
  REQUIRE(own.engines.size() == 1);
  CHECK(own.engines[0].name == "vllm_ascend");
  const auto& before = own.engines[0].fit.predicted_before;
  CHECK(before[0].state.tpot / *e.tpot == Approx(1).epsilon(1e-6));
}

TEST_CASE("own serving: data parallel ranks of a dense model in vLLM are engines of their own",
          "[estimate][fit]") {
  auto runs = own_runs("nv_h20_96", slower);
  runs.resize(1);
  auto twice = runs;
  Experiment& e = twice[0].experiment;
  e.devices = e.attention_dp = 2;
  e.concurrency *= 2;
  Diagnostics found;
  const auto one = fit_own_serving(runs, shipped_serving(), found);
  const auto two = fit_own_serving(twice, shipped_serving(), found);
  CHECK(two.cases[0].plan.devices() == 1);
  CHECK(two.engines[0].fit.after.usable_memory == one.engines[0].fit.after.usable_memory);
}

TEST_CASE("own serving: an engine of other stacks is refused", "[estimate][fit]") {
  Diagnostics found;
  auto runs = own_runs("nv_h20_96", slower, "vllm_ascend");
  CHECK(fit_own_serving(runs, shipped_serving(), found).engines.empty());
  REQUIRE(found.errors() == runs.size());
  CHECK(found.items()[0].message ==
        "engine 'vllm_ascend' does not serve nv_h20_96, whose stack is 'cuda'");
}

TEST_CASE("own serving: figures that cannot be are left out, with what to look at",
          "[estimate][fit]") {
  const auto reason = [](auto change) {
    auto runs = own_runs("nv_h20_96", slower);
    change(runs[0].experiment);
    Diagnostics found;
    const auto own = fit_own_serving(runs, shipped_serving(), found);
    CHECK(own.engines[0].cases.size() == 3);
    return found.items().at(0).message;
  };
  CHECK_THAT(reason([](Experiment& e) { e.tpot = *e.tpot * 1e-3; }),
             Catch::Contains("TPOT is 0.00") && Catch::Contains("look at its unit"));
  CHECK_THAT(reason([](Experiment& e) { e.ttft = *e.ttft * 1e6; }), Catch::Contains("TTFT is "));
  CHECK_THAT(reason([](Experiment& e) { e.kv_tokens = Tokens{1e12}; }),
             Catch::Contains("a cache of 1000000000000 tokens is more than"));
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
