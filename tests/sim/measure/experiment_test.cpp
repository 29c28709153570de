#include "sim/measure/experiment.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/measure/small_table.hpp"

namespace chokepoint {
namespace {

std::vector<Experiment> read(const std::string& rows) {
  const auto table = read_measured_table(kMeasuredColumns + rows);
  return experiments_of(table);
}

const std::string kTail = "fp8,vllm 0.11,8,1,1,online(agg),1024,8192,64";

TEST_CASE("experiment: two metrics of one run are one experiment", "[measure][experiment]") {
  const auto found = read("r1-ttft_mean,h100,m,1," + kTail + ",ttft_mean,s,0.5,x,8,,\n" +
                          "r1-tpot_mean,h100,m,1," + kTail + ",tpot_mean,ms,20,x,8,,mtp\n");
  REQUIRE(found.size() == 1);
  CHECK(found[0].id == "r1");
  CHECK(found[0].ttft == Seconds{0.5});
  CHECK(found[0].tpot == Seconds{0.02});
  CHECK_FALSE(found[0].output_rate);
  CHECK(found[0].engine == EngineFamily::Vllm);
  CHECK(found[0].prompt == 1024);
  CHECK(found[0].output == 8192);
  CHECK(found[0].concurrency == 64);
  CHECK(found[0].devices == 8);
  CHECK(found[0].attention_dp == 1);
  CHECK_FALSE(found[0].is_inferencemax);
}

TEST_CASE("experiment: what is not usable or names no model is left out", "[measure][experiment]") {
  CHECK(read("a,h100,m,0," + kTail + ",tpot_mean,ms,20,x,8,,\n").empty());
  CHECK(read("a,h100,,1," + kTail + ",tpot_mean,ms,20,x,8,,\n").empty());
}

TEST_CASE("experiment: copies of a run count once", "[measure][experiment]") {
  const std::string other = "fp8,vllm 0.11,8,1,1,online(agg),1024,8192,32";
  const auto found = read("a-tpot_mean,h100,m,1," + kTail + ",tpot_mean,ms,20,x,8,,\n" +
                          "b-tpot_mean,h100,m,1," + kTail + ",tpot_mean,ms,20,y,8,,\n" +
                          "c-tpot_mean,h100,m,1," + kTail + ",tpot_mean,ms,21,y,8,,\n" +
                          "d-tpot_mean,h100,m,1," + other + ",tpot_mean,ms,20,y,8,,\n");
  REQUIRE(found.size() == 3);
  CHECK(found[0].copies == 2);
  CHECK(found[1].copies == 1);
}

TEST_CASE("experiment: throughput is of all devices", "[measure][experiment]") {
  const std::string offline = "fp8,Chitu,8,,,offline,128,1024,max";
  const auto found =
      read("a,h100,m,1," + offline + ",output_throughput_per_chip,tok/s/chip,50,x,8,,\n" +
           "b,h100,m,1," + offline + ",output_throughput_total,tok/s,70,x,8,8,unknown\n");
  REQUIRE(found.size() == 2);
  CHECK(found[0].output_rate == TokensPerSecond{400});
  CHECK(found[1].output_rate == TokensPerSecond{70});
  CHECK(found[0].concurrency == 0);
  CHECK(found[0].engine == EngineFamily::Other);
  CHECK(found[1].attention_dp == 8);
  CHECK(found[1].speculation == Speculation::Unknown);
}

TEST_CASE("experiment: engines by their names, InferenceMAX by its dumps",
          "[measure][experiment]") {
  const auto engine = [](const std::string& framework) {
    return read("a,h100,m,1,fp8," + framework +
                ",8,1,1,offline,1,1,1,tpot_mean,s,1,a/2026-03-25.csv,8,,\n")[0];
  };
  CHECK(engine("TensorRT-LLM v1.0").engine == EngineFamily::TensorRt);
  CHECK(engine("trtllm 1.2").engine == EngineFamily::TensorRt);
  CHECK(engine("SGLang / profile").engine == EngineFamily::Sglang);
  CHECK(engine("vllm").is_inferencemax);
  for (const auto& [family, text] : {std::pair{EngineFamily::TensorRt, "trtllm"},
                                     {EngineFamily::Vllm, "vllm"},
                                     {EngineFamily::Sglang, "sglang"},
                                     {EngineFamily::Other, "other"}}) {
    CHECK(name(family) == text);
  }
}

}  // namespace
}  // namespace chokepoint
