#include <catch2/catch.hpp>
#include <fstream>
#include <set>

#include "models/find_named.hpp"
#include "tests/tools/called_program.hpp"
#include "tests/tools/estimate/own_runs.hpp"
#include "tools/print/whole_file.hpp"

namespace chokepoint {
namespace {

struct Overlaid {
  OwnServing own;
  std::string text;
  World world;
};

/// The catalogue with the overlay that a fit to `runs` writes.
Overlaid overlaid(std::vector<LoggedExperiment> runs) {
  const called::Folder folder;
  const auto file = folder.path() / "own.textproto";
  Diagnostics found;
  Overlaid made{fit_own_serving(std::move(runs), shipped_serving(), found), "", {}};
  made.text =
      own_serving_overlay(made.own, shipped_serving(),
                          source_dir() + "/scenarios/catalog/serving.textproto", "own.json");
  write_whole(file, made.text);
  auto world = load_serving_catalog(source_dir(), file.string(), std::cerr);
  REQUIRE(world.has_value());
  made.world = std::move(*world);
  return made;
}

TEST_CASE("own serving overlay: the catalogue reads back what was fitted", "[estimate][fit]") {
  const auto made = overlaid(own_runs("nv_h20_96", slower));
  const ServingEngine engine = engine_named(made.world, "vllm");
  CHECK(engine.experiments == 4);
  CHECK(engine.fitted_to == "own.json");
  for (const OwnCoefficient& one : made.own.engines[0].fit.coefficients) {
    INFO(one.info->name);
    CHECK(engine.coefficients.*one.info->member == Approx(one.after).epsilon(1e-3));
  }
  CHECK(engine_named(made.world, "sglang").coefficients.host_us ==
        engine_named(shipped_serving(), "sglang").coefficients.host_us);
}

TEST_CASE("own serving overlay: a new engine takes its stack, others keep theirs",
          "[estimate][fit]") {
  const auto made = overlaid(own_runs("mt_s5000", slower));
  const auto& engines = made.world.serving_engines;
  std::size_t moved = 0;
  for (std::size_t s = 0; s < made.world.stacks.size(); ++s) {
    const StackId stack{static_cast<std::uint32_t>(s)};
    const auto before = engine_for(shipped_serving().serving_engines, stack).name;
    const auto after = engine_for(engines, stack).name;
    const bool is_musa = made.world.stacks[s].name == "musa";
    CHECK(after == (is_musa ? "vllm_musa" : before));
    moved += is_musa;
  }
  CHECK(moved == 1);
}

std::string assumed_on(const World& world, const std::string& device) {
  return engine_for(world.serving_engines, find_named(world.devices, device)->stack).name;
}

// vLLM and SGLang on one device, on devices of two stacks that share an engine, on a stack with
// kernels of its own.
TEST_CASE("own serving overlay: any mixture of programs, devices and stacks is read back",
          "[estimate][fit]") {
  auto runs = joined(own_runs("nv_h20_96", slower), own_runs("nv_h20_96", slower, "sglang"));
  runs = joined(runs, own_runs("nv_h100_sxm", slower));
  for (const std::string device : {"mt_s5000", "amd_mi300x", "hw_ascend_910b2"}) {
    runs = joined(runs, own_runs(device, slower));
    runs = joined(runs, own_runs(device, slower, "sglang"));
  }
  runs.pop_back();
  const auto made = overlaid(std::move(runs));
  INFO(made.text);
  CHECK(made.own.engines.size() == 8);
  for (const OwnEngine& one : made.own.engines) {
    INFO(one.name);
    const ServingEngine engine = engine_named(made.world, one.name);
    CHECK(engine.experiments == static_cast<int>(one.cases.size()));
    CHECK(engine.coefficients.usable_memory == Approx(one.fit.after.usable_memory).epsilon(1e-3));
  }
  CHECK(assumed_on(made.world, "mt_s5000") == "sglang_musa");  // First of as many runs each.
  CHECK(assumed_on(made.world, "amd_mi300x") == "sglang_rocm");
  CHECK(assumed_on(made.world, "hw_ascend_910b2") == "vllm_ascend");
  CHECK(assumed_on(made.world, "nv_h20_96") == "vllm");
}

TEST_CASE("own serving overlay: a stack goes to the engine with most runs", "[estimate][fit]") {
  auto runs = joined(own_runs("mt_s5000", slower), own_runs("mt_s5000", slower, "sglang"));
  runs.pop_back();
  CHECK(assumed_on(overlaid(std::move(runs)).world, "mt_s5000") == "vllm_musa");
}

// Every stack of an engine that is assumed on several may get one of its own.
TEST_CASE("own serving overlay: an engine may lose all its stacks", "[estimate][fit]") {
  const World& world = shipped_serving();
  std::vector<LoggedExperiment> runs;
  std::set<StackId> taken;
  for (const DeviceSpec& device : world.devices) {
    if (engine_for(world.serving_engines, device.stack).name != "threads_prior") continue;
    if (!device.peaks.bf16 || !device.memory || !device.memory_bandwidth) continue;
    if (device.memory->value < 60e9 || !taken.insert(device.stack).second) continue;
    runs = joined(runs, own_runs(device.name, slower));
  }
  REQUIRE(taken.size() >= 5);
  const auto made = overlaid(std::move(runs));
  for (const StackId stack : taken) {
    CHECK(engine_for(made.world.serving_engines, stack).name ==
          "vllm_" + world.stacks[stack.value].name);
  }
}

TEST_CASE("own serving overlay: the same runs give the same bytes", "[estimate][fit]") {
  CHECK(overlaid(own_runs("nv_h20_96", slower)).text ==
        overlaid(own_runs("nv_h20_96", slower)).text);
}

}  // namespace
}  // namespace chokepoint
