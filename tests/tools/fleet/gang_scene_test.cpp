#include "tools/fleet/gang_scene.hpp"

#include <catch2/catch.hpp>

#include "tests/paths.hpp"
#include "tests/tools/estimate/training/shipped_training.hpp"

namespace chokepoint {
namespace {

TEST_CASE("gang scene: whole servers for the gang, and spares beside them", "[fleet]") {
  TrainingQuestion question;
  question.model = "Llama-3-8B", question.device = "nv_h100_sxm", question.devices = 12;
  question.tensor = 4, question.data = 3, question.global_batch = 3;
  SceneOfGang gang;
  gang.name = "gang", gang.question = "?", gang.job = "job";
  gang.devices = 12, gang.spare_nodes = 1;
  gang.tokens = 1e9;
  gang.wall = 3_days;
  const auto scene = scene_of(gang, understood(question), source_dir());
  if (const auto* wrong = std::get_if<Misunderstanding>(&scene)) FAIL(wrong->message);
  const World& world = std::get<RunScene>(scene).world;
  REQUIRE(world.training_jobs.size() == 1);
  CHECK(world.training_jobs[0].name == "job");
  REQUIRE(world.pools.size() == 1);
  CHECK(std::get<RunScene>(scene).composed.scenario.sites(0).pools(0).stocks(0).units().value() ==
        24);
  CHECK(std::get<RunScene>(scene).composed.scenario.end() == "2000-01-05");
}

}  // namespace
}  // namespace chokepoint
