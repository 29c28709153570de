#include "sim/measure/run_settings.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "tests/paths.hpp"

namespace chokepoint {
namespace {

const std::string kHeading =
    "engine,framework,client,model,attention,device_format,lengths,speculation,below_devices,"
    "above_concurrency,above_attention_dp,setting,value\n";

TEST_CASE("run settings: every condition must hold", "[measure][settings]") {
  const auto all = read_presumed_settings(
      kHeading + "sglang,SG,inferencemax,Deep,latent,fp4,equal,any,8,15,1,receive_interval,30\n");
  RunKind run;
  run.engine = "sglang";
  run.framework = "SGLang 0.5";
  run.model = "DeepSeek";
  run.is_inferencemax = run.is_latent = run.has_fp4 = run.has_equal_lengths = run.speculates = true;
  run.devices = 7;
  run.concurrency = 16;
  run.attention_dp = 2;
  CHECK(presumed_settings(all, run).receive_interval == 30.0);
  const auto without = [&](auto change) {
    RunKind other = run;
    change(other);
    return presumed_settings(all, other).receive_interval.has_value();
  };
  CHECK_FALSE(without([](RunKind& one) { one.engine = "vllm"; }));
  CHECK_FALSE(without([](RunKind& one) { one.framework = "vllm"; }));
  CHECK_FALSE(without([](RunKind& one) { one.model = "Llama"; }));
  CHECK_FALSE(without([](RunKind& one) { one.is_inferencemax = false; }));
  CHECK_FALSE(without([](RunKind& one) { one.is_latent = false; }));
  CHECK_FALSE(without([](RunKind& one) { one.has_fp4 = false; }));
  CHECK_FALSE(without([](RunKind& one) { one.has_equal_lengths = false; }));
  CHECK_FALSE(without([](RunKind& one) { one.speculates = false; }));
  CHECK_FALSE(without([](RunKind& one) { one.devices = 8; }));
  CHECK_FALSE(without([](RunKind& one) { one.concurrency = 15; }));
  CHECK_FALSE(without([](RunKind& one) { one.attention_dp = 1; }));
}

TEST_CASE("run settings: what stands further down wins", "[measure][settings]") {
  const auto all = read_presumed_settings("engine,setting,value\n,drafted,3\nvllm,drafted,1\n");
  RunKind run;
  CHECK(presumed_settings(all, run).drafted == 3.0);
  run.engine = "vllm";
  CHECK(presumed_settings(all, run).drafted == 1.0);
}

TEST_CASE("run settings: words that mean nothing are told", "[measure][settings]") {
  CHECK_THROWS(read_presumed_settings("setting,value\ntoken_bugdet,1\n"));
  CHECK_THROWS(read_presumed_settings("setting,value\ngraphs,maybe\n"));
  CHECK_THROWS(read_presumed_settings("client,setting,value\nsomebody,drafted,1\n"));
  CHECK_FALSE(settings_in({{"token_budget", "0"}}).token_budget);
  CHECK_FALSE(settings_in({{"max_sequences", "nan"}}).max_sequences);
  CHECK(settings_in({{"drafted", "0"}}).drafted == 0.0);
}

TEST_CASE("run settings: the table that ships can be read", "[measure][settings]") {
  std::ostringstream text;
  text << std::ifstream(source_dir() + "/scenarios/measured/run_settings.csv").rdbuf();
  CHECK(read_presumed_settings(text.str()).size() == 10);
}

}  // namespace
}  // namespace chokepoint
