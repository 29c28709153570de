#include "sim/measure/logs/measurements.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/measure/logs/read_text.hpp"

namespace chokepoint {
namespace {

TEST_CASE("stated facts: fill what a file lacks, and nothing else", "[measure][logs]") {
  Experiment e = blank_experiment();
  e.device = "h20";
  Diagnostics found;
  CHECK(complete(e, known_system(), {}, found));
  CHECK(e.device == "h20");
  CHECK(e.model == "llama_70b");
  CHECK(e.engine == EngineFamily::Vllm);
  CHECK(e.devices == 8);
  CHECK(e.pipeline == 1);
  CHECK(e.expert == 1);
}

TEST_CASE("stated facts: ranks say how many devices there are", "[measure][logs]") {
  StatedFacts facts = known_system();
  facts.devices.reset();
  facts.tensor = 4;
  facts.pipeline = 2;
  Experiment e = blank_experiment();
  Diagnostics found;
  CHECK(complete(e, facts, {}, found));
  CHECK(e.devices == 8);
  facts.devices = 4;
  Experiment wrong = blank_experiment();
  CHECK_FALSE(complete(wrong, facts, {}, found));
}

TEST_CASE("stated facts: each that is missing is asked for by its option", "[measure][logs]") {
  Experiment e = blank_experiment();
  Diagnostics found;
  CHECK_FALSE(complete(e, StatedFacts{}, {}, found));
  CHECK(found.errors() == 5);
  TrainingRun run;
  CHECK_FALSE(complete(run, StatedFacts{}, {}, found));
  CHECK(found.errors() == 9);
}

TEST_CASE("stated facts: the last part names a model", "[measure][logs]") {
  CHECK(short_name("meta-llama/Llama-3.1-8B") == "Llama-3.1-8B");
  CHECK(short_name("/data/models/Qwen3-8B/") == "Qwen3-8B");
  CHECK(short_name("Qwen3-8B") == "Qwen3-8B");
  CHECK(short_name("").empty());
}

}  // namespace
}  // namespace chokepoint
