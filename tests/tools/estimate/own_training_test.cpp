#include "tools/estimate/own_training.hpp"

#include <catch2/catch.hpp>
#include <filesystem>

#include "models/performance/throughput.hpp"
#include "sim/scenario/compose/compose.hpp"
#include "sim/scenario/read_world.hpp"
#include "tests/tools/called_program.hpp"
#include "tests/tools/estimate/shipped_serving.hpp"
#include "tools/print/whole_file.hpp"

namespace chokepoint {
namespace {

DeviceId device_named(const World& world, const std::string& name) {
  std::uint32_t i = 0;
  while (world.devices[i].name != name) ++i;
  return DeviceId{i};
}

/// A run at `share` of the rate that the catalogue predicts.
LoggedTraining run_at(double share, const std::string& device, const std::string& model) {
  const World& world = shipped_serving();
  const DeviceId id = device_named(world, device);
  std::size_t m = 0;
  while (world.transformers[m].name != model) ++m;
  LoggedTraining made;
  made.run = {"run", device, model, 8, 4096, {}, {}, 0};
  made.run.rate = training_throughput(world.transformers[m], 4096, world.devices[id.value],
                                      world.attained[id.value]) *
                  share;
  made.where = {"own.csv", 2, 1};
  return made;
}

std::vector<LoggedTraining> three_runs(const std::string& device) {
  return {run_at(0.8, device, "Llama-3.1-8B"), run_at(0.9, device, "Llama-3.1-70B"),
          run_at(1.2, device, "Llama-3.1-8B")};
}

TEST_CASE("own training: the fraction moves as the rate does, by the median", "[estimate][fit]") {
  Diagnostics found;
  const auto steps = fit_own_training(three_runs("nv_h100_sxm"), shipped_serving(), found);
  REQUIRE(steps.size() == 1);
  CHECK(steps[0].after == Approx(0.9 * steps[0].before));
  CHECK(steps[0].low == Approx(0.8 * steps[0].before));
  CHECK(steps[0].high == Approx(1.2 * steps[0].before));
  CHECK(steps[0].error_after <= steps[0].error_before);
  CHECK(own_training_text(steps, shipped_serving()).find("nv_h100_sxm") != std::string::npos);
}

TEST_CASE("own training: FLOPs stand for a rate", "[estimate][fit]") {
  auto by_rate = run_at(0.8, "nv_h100_sxm", "Llama-3.1-8B");
  auto by_flops = by_rate;
  std::size_t m = 0;
  while (shipped_serving().transformers[m].name != "Llama-3.1-8B") ++m;
  by_flops.run.flops =
      *by_rate.run.rate * training_flops_per_token(shipped_serving().transformers[m], 4096);
  by_flops.run.rate.reset();
  Diagnostics found;
  CHECK(fit_own_training({by_flops}, shipped_serving(), found)[0].after ==
        Approx(fit_own_training({by_rate}, shipped_serving(), found)[0].after));
}

TEST_CASE("own training: what cannot be is refused", "[estimate][fit]") {
  const auto errors = [](LoggedTraining run) {
    Diagnostics found;
    CHECK(fit_own_training({run}, shipped_serving(), found).empty());
    return found.errors();
  };
  CHECK(errors(run_at(100, "nv_h100_sxm", "Llama-3.1-8B")) == 1);
  auto nowhere = run_at(1, "nv_h100_sxm", "Llama-3.1-8B");
  nowhere.run.device = "nowhere";
  nowhere.run.model = "nothing";
  CHECK(errors(nowhere) == 2);
}

// One device has an entry of its own in the catalogue, the other the prior of its stack.
TEST_CASE("own training: the catalogue reads the overlay back", "[estimate][fit]") {
  const auto catalog = source_dir() + "/scenarios/catalog/catalog.textproto";
  Diagnostics found;
  const auto composed = compose(catalog, {}, false, found);
  REQUIRE(composed.has_value());
  for (const std::string device : {"nv_h100_sxm", "camb_mlu590"}) {
    const auto steps = fit_own_training(three_runs(device), shipped_serving(), found);
    REQUIRE(steps.size() == 1);
    const called::Folder folder;
    const auto file = folder.path() / "step.textproto";
    write_whole(file, own_training_overlay(steps, shipped_serving(), composed->scenario, catalog,
                                           "own.csv"));
    const auto again = compose(file, {}, false, found);
    REQUIRE(again.has_value());
    const auto world = read_catalog(*again, found);
    REQUIRE(world.has_value());
    const DeviceId id = device_named(*world, device);
    const auto& step = world->attained[id.value].of(OperatorClass::TrainingStep);
    CHECK(step.value == Approx(steps[0].after).epsilon(1e-3));
  }
}

}  // namespace
}  // namespace chokepoint
