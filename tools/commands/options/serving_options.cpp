#include "tools/commands/options/serving_options.hpp"

#include <CLI/CLI.hpp>

#include "tools/commands/options/real_in.hpp"

namespace chokepoint {

void add_model_options(CLI::App& app, ServingQuestion& question) {
  app.add_option("--model", question.model, "Of the catalogue, such as DeepSeek-V3");
  app.add_option("--engine", question.engine,
                 "vllm, sglang, trtllm; else that of the device's stack");
  app.add_option("--node", question.node,
                 "Whose links and power count; else the first of the device");
  app.add_option("--stack-version", question.stack_version,
                 "Whose kernels count, such as torch_npu_2.12; else all are native");
  app.add_flag("--research", question.is_research,
               "A model that no engine ships yet: what has no kernel falls back");
  app.add_option("--precision", question.precision,
                 "bf16, fp8, int8, int4, nvfp4, mxfp4; bf16 unless given, and a search tries what "
                 "the device has besides");
  app.add_option("--context", question.context,
                 "Tokens of a prompt and its answer that the engine takes, as its --max-model-len; "
                 "else those that the model is made for")
      ->check(CLI::Range(1, 1'000'000'000));
  app.add_option("--kv", question.kv_format, "Format of the cache: bf16 or fp8");
}

void add_plan_options(CLI::App& app, ServingQuestion& question) {
  app.add_option("--tp", question.tensor, "Devices that divide attention; else all of a replica")
      ->check(CLI::Range(1, 65536));
  app.add_option("--pp", question.pipeline, "Pipeline stages")->check(CLI::Range(1, 1024));
  app.add_option("--dp", question.attention_dp, "Groups of attention that share experts")
      ->check(CLI::Range(1, 65536));
  app.add_flag("--ep", question.expert_parallel, "Whole experts are spread over devices");
}

void add_length_options(CLI::App& app, ServingQuestion& question) {
  app.add_option("--isl", question.prompt, "Tokens of a prompt, on average; 1024 unless given")
      ->check(RealIn(1.0, 1e7));
  app.add_option("--osl", question.output, "Tokens of an answer, on average; 1024 unless given")
      ->check(RealIn(1.0, 1e7));
}

void add_upkeep_options(CLI::App& app, ServingQuestion& question) {
  app.add_option("--pue", question.pue, "Site power over server power; 1.3 unless given")
      ->check(RealIn(1.0, 10.0));
  app.add_option("--usd-per-kwh", question.usd_per_kwh, "Price of electricity; 0.08 unless given")
      ->check(RealIn(0.0, 10.0));
  app.add_option("--life-years", question.life_years,
                 "Years in which a device is written off; 4 unless given")
      ->check(RealIn(0.1, 50.0));
  app.add_option("--device-usd", question.device_price_usd,
                 "Price of a device with its share of the server; else that of the catalogue")
      ->check(positive());
}

}  // namespace chokepoint
