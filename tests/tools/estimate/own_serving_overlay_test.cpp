#include <catch2/catch.hpp>
#include <fstream>

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

TEST_CASE("own serving overlay: the same runs give the same bytes", "[estimate][fit]") {
  CHECK(overlaid(own_runs("nv_h20_96", slower)).text ==
        overlaid(own_runs("nv_h20_96", slower)).text);
}

}  // namespace
}  // namespace chokepoint
