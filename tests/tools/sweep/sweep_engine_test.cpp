#include "tools/sweep/sweep_engine.hpp"

#include <catch2/catch.hpp>

#include "tests/tools/called_program.hpp"
#include "tools/console/program.hpp"

namespace chokepoint {
namespace {

ShardOrder order() {
  ShardOrder made;
  made.program = "/opt/it's here/chokepoint";
  made.root = "/opt/share";
  made.folder = "/data/sweep";
  made.shards = {0, 3, 5};
  made.of = 8;
  made.workers = 2;
  made.options = {"--partition=long"};
  return made;
}

TEST_CASE("sweep engine: a script of Slurm has a task for each shard that lacks something",
          "[sweep]") {
  const std::string script = slurm_script(order());
  INFO(script);
  for (const char* line :
       {"#!/bin/bash\n", "#SBATCH --array=0,3,5\n", "#SBATCH --cpus-per-task=2\n",
        "#SBATCH --requeue\n",
        "exec '/opt/it'\\''s here/chokepoint' -q --root '/opt/share' sweep work '/data/sweep' "
        "--shard \"$SLURM_ARRAY_TASK_ID\"/8 --workers 2\n"}) {
    INFO(line);
    CHECK(script.find(line) != std::string::npos);
  }
  CHECK(slurm_command(order(), "/data/sweep/slurm.sh") ==
        std::vector<std::string>{"sbatch", "--wait", "--parsable", "--partition=long",
                                 "/data/sweep/slurm.sh"});
}

TEST_CASE("sweep engine: GNU parallel gets the shards as arguments", "[sweep]") {
  const auto words = parallel_command(order());
  CHECK(words.front() == "parallel");
  CHECK(std::vector<std::string>(words.end() - 4, words.end()) ==
        std::vector<std::string>{":::", "0", "3", "5"});
  CHECK(words[words.size() - 5].find("--shard {}/8") != std::string::npos);
}

TEST_CASE("sweep engine: commands end with their exit code, or are not there", "[sweep]") {
  CHECK(run_command({"sh", "-c", "exit 7"}) == 7);
  CHECK(run_command({"sh", "-c", "kill -9 $$"}) == 128 + 9);
  CHECK_THROWS_AS(run_command({"no-such-engine"}), HelpedFailure);
}

TEST_CASE("sweep engine: engines are named", "[sweep]") {
  for (const auto engine : {SweepEngine::Local, SweepEngine::Slurm, SweepEngine::Parallel}) {
    CHECK(sweep_engine_named(name(engine)) == engine);
  }
  CHECK_FALSE(sweep_engine_named("cloud"));
}

}  // namespace
}  // namespace chokepoint
