#include "sim/measure/experiment_case.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/measure/small_table.hpp"

namespace chokepoint {
namespace {

Experiment llama_online() {
  Experiment made;
  made.id = "a";
  made.device = "h100";
  made.model = "llama_70b";
  made.precision = "fp8";
  made.mode = "online(agg)";
  made.engine = EngineFamily::Vllm;
  made.devices = 4;
  made.tensor = 4;
  made.prompt = 1000;
  made.output = 2000;
  made.concurrency = 16;
  return made;
}

ExperimentCase case_of(const Experiment& e) {
  return experiment_case(e, kCatalog.view());
}

TEST_CASE("experiment case: what is unknown is told", "[measure][case]") {
  Experiment e = llama_online();
  CHECK(case_of(e).is_known());
  e.model = "nobody";
  CHECK(case_of(e).reason == "no model 'nobody' in the catalogue");
  e = llama_online();
  e.device = "nothing";
  CHECK(case_of(e).reason == "no device 'nothing' in the catalogue");
  e = llama_online();
  e.precision = "fp7";
  CHECK(case_of(e).reason == "no format 'fp7'");
  e = llama_online();
  e.output = 0;
  CHECK(case_of(e).reason == "it states no lengths of prompt and output");
  e = llama_online();
  e.devices = 128;
  e.tensor = 128;
  CHECK(case_of(e).reason == "tensor parallelism of 128 divides 64 heads");
}

TEST_CASE("experiment case: devices are laid out as the table states", "[measure][case]") {
  Experiment e = llama_online();
  CHECK(case_of(e).plan.tensor == 4);
  e.attention_dp = 2;
  CHECK(case_of(e).plan.tensor == 2);
  CHECK(case_of(e).plan.attention_dp == 2);
  e = llama_online();
  e.tensor = 0;
  e.devices = 48;  // Nothing stated: eight devices to a stage.
  CHECK(case_of(e).plan.tensor == 8);
  CHECK(case_of(e).plan.pipeline == 6);
  e = llama_online();
  e.model = "deepseek_v3";
  e.expert = 4;
  CHECK(case_of(e).plan.expert_parallel);
}

TEST_CASE("experiment case: clients by mode", "[measure][case]") {
  Experiment e = llama_online();
  CHECK(case_of(e).load.client == Client::Closed);
  CHECK(case_of(e).load.prompt == Tokens{1000});
  CHECK(case_of(e).load.waves == 0);
  e.is_inferencemax = true;
  e.waves = 10;
  CHECK(case_of(e).load.prompt == Tokens{900});
  CHECK(case_of(e).load.waves == 10);
  e = llama_online();
  e.mode = "offline";
  CHECK(case_of(e).load.client == Client::FixedBatch);
  e.concurrency = 0;
  CHECK(case_of(e).load.client == Client::Offline);
  e.mode = "decode";
  e.concurrency = 100;
  CHECK(case_of(e).load.client == Client::DecodeOnly);
  CHECK(case_of(e).load.concurrency == 400);
}

TEST_CASE("experiment case: formats as engines keep them", "[measure][case]") {
  Experiment e = llama_online();
  CHECK(case_of(e).plan.precision.kv == NumericFormat::Fp16);
  e.engine = EngineFamily::TensorRt;
  CHECK(case_of(e).plan.precision.kv == NumericFormat::Fp8);
  e.precision = "bf16";
  CHECK(case_of(e).plan.precision.kv == NumericFormat::Fp16);
  e = llama_online();
  e.model = "deepseek_v3";
  CHECK(case_of(e).plan.precision.experts == NumericFormat::Fp8Block);
  e.precision = "nvfp4";
  CHECK(case_of(e).plan.precision.experts == NumericFormat::Nvfp4);
  CHECK(case_of(e).plan.precision.attention == NumericFormat::Fp8);
  e.model = "mixed";
  CHECK(case_of(e).plan.precision.experts == NumericFormat::Mxfp4);
  CHECK(case_of(e).plan.precision.attention == NumericFormat::Fp16);
  CHECK(case_of(e).plan.precision.activations == NumericFormat::Fp16);
  e.device = "b200";
  CHECK(case_of(e).plan.precision.activations == NumericFormat::Fp8);
}

TEST_CASE("experiment case: weights of 4 bits alone leave latent attention in 16",
          "[measure][case]") {
  Experiment e = llama_online();
  e.model = "deepseek_v3";
  e.precision = "int4 weights/bf16";
  CHECK(case_of(e).plan.precision.experts == NumericFormat::Int4);
  CHECK(case_of(e).plan.precision.attention == NumericFormat::Fp16);
  CHECK(case_of(e).plan.precision.activations == NumericFormat::Fp16);
  e.precision = "w4a8";
  CHECK(case_of(e).plan.precision.experts == NumericFormat::Int4);
  CHECK(case_of(e).plan.precision.attention == NumericFormat::Int8);
  CHECK(case_of(e).plan.precision.activations == NumericFormat::Int8);
}

TEST_CASE("experiment case: settings of a run are its own, else presumed, else fresh",
          "[measure][case]") {
  const auto presumed = read_presumed_settings(
      "engine,speculation,setting,value\nvllm,,token_budget,100\nvllm,,graphs,none\n"
      ",any,drafted,3\n");
  MeasuredCatalog catalog = kCatalog.view();
  Experiment e = llama_online();
  CHECK(experiment_case(e, catalog).settings.token_budget == EngineSettings{}.token_budget);
  CHECK(experiment_case(e, catalog).plan.has_graphs);
  catalog.presumed = presumed;
  CHECK(experiment_case(e, catalog).settings.token_budget == 100);
  CHECK_FALSE(experiment_case(e, catalog).plan.has_graphs);
  CHECK(experiment_case(e, catalog).settings.speculated == 0);
  e.stated.token_budget = 200;
  e.stated.graphs = Graphs::Full;
  e.speculation = Speculation::Drafts;
  CHECK(experiment_case(e, catalog).settings.token_budget == 200);
  CHECK(experiment_case(e, catalog).plan.has_graphs);
  CHECK(experiment_case(e, catalog).settings.speculated == 3);
  e.stated.drafted = 1;
  CHECK(experiment_case(e, catalog).settings.speculated == 1);
}

TEST_CASE("experiment case: the limit of sequences is of each attention group", "[measure][case]") {
  Experiment e = llama_online();
  e.attention_dp = 2;
  e.stated.max_sequences = 3;
  e.concurrency = 100;
  CHECK(case_of(e).settings.max_sequences == 3);
  CHECK(predicted(case_of(e), {}).residents == 6);
}

TEST_CASE("experiment case: a prediction uses the coefficients", "[measure][case]") {
  const ExperimentCase known = case_of(llama_online());
  const Coefficients fresh;
  Coefficients slow;
  slow.weight_bandwidth = fresh.weight_bandwidth / 2;
  CHECK(predicted(known, slow).tpot > predicted(known, fresh).tpot * 1.5);
}

}  // namespace
}  // namespace chokepoint
